package io.grace.lab.bench;

import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How the cost of a cycle grows with the services: ten times as many may cost eleven times as
/// much, never the square. The loop alone, with a journal in memory; both sizes in turn, round by
/// round.
final class CycleBench {
  private static final int FEW = 1_000;
  private static final int MANY = 10_000;
  private static final double LIMIT = 11;

  private CycleBench() {}

  static void measure(Report report, boolean quick) throws Exception {
    int rounds = quick ? 100 : 400;
    try (Scratch scratch = Scratch.create("cycle")) {
      var config = BenchConfig.write(scratch.path(), CycleWorld.SICK, "http://127.0.0.1:9", false);
      Policy base = config.load().policy();
      var few = new CycleWorld(grown(base, FEW));
      var many = new CycleWorld(grown(base, MANY));
      compare(report, "all are heard of, healthy", rounds, few::everyone, many::everyone);
      few.fallSick();
      many.fallSick();
      compare(report, "ten sick with open runs are heard of", rounds * 5, few::sick, many::sick);
      compare(report, "ten sick change their health", rounds * 5, few::wavering, many::wavering);
    }
  }

  private static Policy grown(Policy p, int services) {
    Map<ServiceId, ServicePolicy> all = new HashMap<>();
    var like = p.services().values().iterator().next();
    BenchConfig.ids(services)
        .forEach(id ->
            all.put(
                id,
                new ServicePolicy(id, like.mode(), Map.of(), Map.of(), Set.of(), Duration.ZERO)));
    return new Policy(
        p.hash(),
        p.ceiling(),
        all,
        p.metrics(),
        p.triage(),
        p.playbooks(),
        p.catalogue(),
        p.calendar(),
        p.limits(),
        p.approvals(),
        Policy.topology(all),
        p.sensing(),
        p.learning());
  }

  private interface Cycle {
    /// @return what it took, in nanoseconds
    long run() throws Exception;
  }

  private static void compare(Report report, String name, int rounds, Cycle few, Cycle many)
      throws Exception {
    List<Double> fewMicros = new ArrayList<>();
    List<Double> manyMicros = new ArrayList<>();
    for (int round = -rounds / 2; round < rounds; round++) {
      double a = few.run() / 1e3;
      double b = many.run() / 1e3;
      if (round >= 0) {
        fewMicros.add(a);
        manyMicros.add(b);
      }
    }
    double growth = Report.median(manyMicros) / Report.median(fewMicros);
    report.promise(
        growth <= LIMIT,
        "%s: n=%d, median %,.0f µs with %,d services, %,.0f µs with %,d; growth %.1f, limit %.0f",
        name,
        rounds,
        Report.median(fewMicros),
        FEW,
        Report.median(manyMicros),
        MANY,
        growth,
        LIMIT);
  }
}
