package io.grace.lab.bench;

import io.grace.lab.foresight.ForesightBench;
import io.grace.lab.judgement.JudgementBench;
import io.grace.lab.knowledge.SearchBench;
import io.grace.lab.memory.RecallBench;
import io.grace.lab.security.SigmaBench;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `grace bench`: measures what GRACE promises and says PASS or MISS for each number.
///
/// Exit status 0 only if every promise was kept. Absolute numbers hold for the machine they were
/// measured on; the first lines say which.
public final class Bench {

  private static final Map<String, Report.Section> SECTIONS = sections();

  private static final String USAGE =
      "usage: grace bench [--quick] [" + String.join("|", SECTIONS.keySet()) + "|all]";

  private Bench() {}

  private static Map<String, Report.Section> sections() {
    var all = new LinkedHashMap<String, Report.Section>();
    all.put("journal", JournalBench::measure);
    all.put("start", StartBench::measure);
    all.put("memory", MemoryBench::measure);
    all.put("latency", LatencyBench::measure);
    all.put("cycle", CycleBench::measure);
    all.put("storm", StormBench::measure);
    all.put("signals", SignalsBench::measure);
    all.put("replay", ReplayBench::measure);
    all.put("foresight", ForesightBench::measure);
    all.put("judgement", JudgementBench::measure);
    all.put("memories", RecallBench::measure);
    all.put("sigma", SigmaBench::measure);
    all.put("search", SearchBench::measure);
    return all;
  }

  public static void main(String[] args) throws Exception {
    var names = new ArrayList<>(List.of(args));
    boolean quick = names.remove("--quick");
    if (names.isEmpty() || names.equals(List.of("all"))) {
      names = new ArrayList<>(SECTIONS.keySet());
    }
    if (!SECTIONS.keySet().containsAll(names)) {
      System.err.println("found " + names + "; " + USAGE);
      System.exit(2);
    }
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf(
        "GRACE bench%s: %d processors, %s %s, Java %s%n",
        quick ? " (quick: for a look, not for the record)" : "",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version());
    var report = new Report(out);
    for (Map.Entry<String, Report.Section> section : SECTIONS.entrySet()) {
      if (names.contains(section.getKey())) {
        report.title(section.getKey());
        section.getValue().measure(report, quick);
      }
    }
    System.exit(report.conclude() ? 0 : 1);
  }
}
