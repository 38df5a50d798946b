package io.grace.core.monitor;

import io.grace.core.model.Argument;
import io.grace.core.model.Condition;
import io.grace.core.model.Finding;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Term.Measured;
import io.grace.core.model.Truth;
import io.grace.core.model.Verification;
import io.grace.core.monitor.Readings.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Judges whether a service got better, from samples taken after it had time to settle.
public final class Verifier {
  /// Of one metric; more than any verification can ask for.
  private static final int MOST_READINGS = 1000;

  private Verifier() {}

  /// @param detail the numbers it rests on
  public record Judgement(Finding finding, String detail) {}

  /// What can be said at `now`; empty while there is still time to learn more.
  ///
  /// The n-th sample is made of the n-th newest value of each metric.
  ///
  /// @param since when the change was done
  public static Optional<Judgement> judge(
      Verification verification, Readings readings, Instant since, Instant now) {
    Instant settled = since.plus(verification.stabilisation());
    boolean isLast = !now.isBefore(since.plus(verification.timeout()));
    if (now.isBefore(settled)) {
      return Optional.empty();
    }
    var samples = new LinkedHashMap<Measured, List<Reading>>();
    verification
        .measured()
        .forEach(m -> samples.put(m, spaced(m, readings, settled, verification)));
    if (all(verification.condemned(), samples, verification.failures())) {
      return Optional.of(new Judgement(Finding.FAILED, told(verification, samples)));
    }
    if (all(verification.success(), samples, verification.samples())) {
      return Optional.of(new Judgement(Finding.PASSED, told(verification, samples)));
    }
    Optional<Measured> silent = silent(verification, samples, settled, now);
    if (silent.isPresent()) {
      String what = silent.get() + " was not measured for " + verification.errors() + " intervals";
      return Optional.of(
          new Judgement(Finding.INCONCLUSIVE, what + ": " + told(verification, samples)));
    }
    return isLast
        ? Optional.of(
            new Judgement(
                Finding.INCONCLUSIVE, "could not tell in time: " + told(verification, samples)))
        : Optional.empty();
  }

  /// Newest first, at least the interval apart.
  private static List<Reading> spaced(
      Measured of, Readings readings, Instant settled, Verification verification) {
    int wanted = Math.max(verification.samples(), verification.failures());
    boolean takesAll = verification.interval().isZero();
    var spaced = new ArrayList<Reading>();
    for (Reading reading :
        readings.newest(
            of.target().orElseThrow(), of.metric(), settled, takesAll ? wanted : MOST_READINGS)) {
      if (spaced.isEmpty()
          || !reading.at().isAfter(spaced.getLast().at().minus(verification.interval()))) {
        spaced.add(reading);
      }
      if (spaced.size() == wanted) {
        break;
      }
    }
    return spaced;
  }

  /// Whether the newest `count` samples are there and the claim holds in each.
  private static boolean all(Condition claim, Map<Measured, List<Reading>> samples, int count) {
    for (int i = 0; i < count; i++) {
      int nth = i;
      var facts =
          facts(
              of -> {
                List<Reading> values = samples.getOrDefault(of, List.of());
                return nth < values.size()
                    ? OptionalDouble.of(values.get(nth).value())
                    : OptionalDouble.empty();
              },
              _ -> Optional.empty());
      if (claim.holds(facts) != Truth.TRUE) {
        return false;
      }
    }
    return true;
  }

  /// A metric that nobody could measure for so long that waiting on is in vain.
  private static Optional<Measured> silent(
      Verification verification,
      Map<Measured, List<Reading>> samples,
      Instant settled,
      Instant now) {
    if (verification.errors() == 0) {
      return Optional.empty();
    }
    Duration patience = verification.interval().multipliedBy(verification.errors());
    return samples.entrySet().stream()
        .filter(e -> {
          Instant last = e.getValue().isEmpty() ? settled : e.getValue().getFirst().at();
          return !now.isBefore(last.plus(patience));
        })
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Whether all conditions hold now, for preconditions; one without data does not.
  ///
  /// @return those that do not hold, described
  public static List<String> unmet(
      List<? extends Condition> conditions, Readings readings, Instant since) {
    var unmet = new ArrayList<String>();
    for (Condition condition : conditions) {
      if (condition.holds(facts(readings, since, _ -> Optional.empty())) != Truth.TRUE) {
        unmet.add(told(condition, readings, since));
      }
    }
    return List.copyOf(unmet);
  }

  /// What is known now.
  ///
  /// @param since older measurements do not count
  /// @param results what came of earlier steps
  public static Condition.Facts facts(
      Readings readings, Instant since, Function<String, Optional<Argument>> results) {
    return facts(
        of -> {
          List<Reading> newest = readings.newest(of.target().orElseThrow(), of.metric(), since, 1);
          return newest.isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(newest.getFirst().value());
        },
        results);
  }

  private static Condition.Facts facts(
      Function<Measured, OptionalDouble> measured, Function<String, Optional<Argument>> results) {
    return new Condition.Facts() {
      @Override
      public OptionalDouble measured(ServiceId service, MetricId metric) {
        return measured.apply(new Measured(Optional.of(service), metric));
      }

      @Override
      public Optional<Argument> result(String step) {
        return results.apply(step);
      }
    };
  }

  /// The condition with the numbers it rests on now.
  public static String told(Condition condition, Readings readings, Instant since) {
    var metrics = new ArrayList<Measured>();
    condition.measured(metrics::add);
    var samples = new LinkedHashMap<Measured, List<Reading>>();
    metrics.forEach(
        m -> samples.put(m, readings.newest(m.target().orElseThrow(), m.metric(), since, 1)));
    return told(condition, samples);
  }

  private static String told(Verification verification, Map<Measured, List<Reading>> samples) {
    var facts = new ArrayList<String>();
    verification.checks().forEach(c -> facts.add(told(c, samples)));
    verification.failure().ifPresent(f -> facts.add("fails if " + told(f, samples)));
    return String.join("; ", facts);
  }

  private static String told(Condition condition, Map<Measured, List<Reading>> samples) {
    var metrics = new ArrayList<Measured>();
    condition.measured(metrics::add);
    var distinct = metrics.stream().distinct().toList();
    var parts = new ArrayList<String>();
    for (Measured metric : distinct) {
      String values = values(samples.getOrDefault(metric, List.of()));
      parts.add(
          distinct.size() == 1
              ? values
              : metric.target().map(t -> t + ".").orElse("") + metric.metric() + " " + values);
    }
    return parts.isEmpty() ? condition.toString() : condition + ": " + String.join(", ", parts);
  }

  private static String values(List<Reading> newest) {
    if (newest.isEmpty()) {
      return "no data";
    }
    var values = new StringBuilder("measured ");
    for (Reading r : newest.reversed()) {
      values
          .append(values.length() == "measured ".length() ? "" : ", ")
          .append(String.format(Locale.ROOT, "%.4g", r.value()));
    }
    return values.toString();
  }
}
