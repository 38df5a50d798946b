package io.grace.app.offline;

import io.grace.core.policy.Policy;
import io.grace.runtime.config.Config;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.replay.Comparison;
import io.grace.runtime.replay.Decided;
import io.grace.runtime.replay.Journals;
import io.grace.runtime.replay.Replay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// What another policy would have done with the incidents of a journal.
@Command(
    name = "replay",
    description = {
      "Runs the incidents of a journal through another policy and says what differs.",
      "Nothing is touched; the same input gives the same bytes."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:within the thresholds",
      " 1:beyond one, or a file is wrong",
      " 2:not understood"
    })
final class ReplayCommand implements Callable<Integer> {
  private final Offline offline;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "JOURNAL",
      description = "The SQLite file of the journal; a server may be writing it.")
  private Path from = Path.of("grace.db");

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The configuration to try.")
  private Path policy = Path.of("grace.yaml");

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "The one to compare with; what was recorded unless told.")
  private @Nullable Path against;

  @Option(
      names = "--max-changed",
      paramLabel = "PERCENT",
      description = "Fail if more of the incidents are decided otherwise.")
  private @Nullable Double maxChanged;

  @Option(
      names = "--max-newly-acting",
      paramLabel = "N",
      description = "Fail if it acts on more incidents that the old one leaves alone.")
  private @Nullable Integer maxNewlyActing;

  @Option(
      names = "--min-success",
      paramLabel = "SHARE",
      description = "Fail if the doubly robust estimate's lower bound is below, or too thin.")
  private @Nullable Double minSuccess;

  @Option(names = "--json", description = "Answer with JSON, each incident in full.")
  private boolean isJson;

  ReplayCommand(Offline offline) {
    this.offline = offline;
  }

  @Override
  public Integer call() throws JournalException {
    Optional<Policy> after = offline.config(policy).map(Config::policy);
    Optional<Policy> before =
        against == null ? Optional.empty() : offline.config(against).map(Config::policy);
    if (after.isEmpty() || (against != null && before.isEmpty())) {
      return Offline.NO;
    }
    List<Replay.Case> cases = Journals.replay(from, before, after.get());
    var comparison = Comparison.of(cases);
    List<String> beyond = beyond(comparison);
    if (isJson) {
      var answer = new LinkedHashMap<String, Object>();
      answer.put("comparison", comparison);
      answer.put("cases", cases.stream().map(ReplayCommand::plain).toList());
      answer.put("beyond", beyond);
      offline.out().println(JsonMapper.shared().writeValueAsString(answer));
    } else {
      comparison.lines().forEach(offline.out()::println);
      beyond.forEach(why -> offline.out().println("BEYOND THE THRESHOLD: " + why));
    }
    return beyond.isEmpty() ? CommandLine.ExitCode.OK : Offline.NO;
  }

  private static Map<String, Object> plain(Replay.Case c) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("incident", c.incident().value());
    plain.put("service", c.service().value());
    plain.put("at", c.at().toString());
    plain.put("diagnosis", c.diagnosis().map(Object::toString).orElse(null));
    plain.put("before", decided(c.before()));
    plain.put("after", decided(c.after()));
    plain.put("tried", c.tried().map(Object::toString).orElse(null));
    plain.put("helped", c.helped().orElse(null));
    return plain;
  }

  private static Map<String, Object> decided(Decided d) {
    var plain = new LinkedHashMap<String, Object>();
    plain.put("kind", d.kind().name().toLowerCase(Locale.ROOT));
    plain.put("playbook", d.playbook().map(Object::toString).orElse(null));
    plain.put("why", d.why());
    return plain;
  }

  private List<String> beyond(Comparison c) {
    var beyond = new ArrayList<String>();
    if (maxChanged != null && c.changedPercent() > maxChanged) {
      beyond.add(
          String.format(
              Locale.ROOT, "%.1f%% changed, at most %.1f%%", c.changedPercent(), maxChanged));
    }
    if (maxNewlyActing != null && c.newlyActing() > maxNewlyActing) {
      beyond.add(c.newlyActing() + " newly acting, at most " + maxNewlyActing);
    }
    if (minSuccess != null) {
      if (c.isThin()) {
        beyond.add("success cannot be estimated from this journal");
      } else if (c.evaluation().orElseThrow().doublyRobust().low() < minSuccess) {
        beyond.add(
            String.format(
                Locale.ROOT,
                "success is at least %.3f, wanted %.3f",
                c.evaluation().orElseThrow().doublyRobust().low(),
                minSuccess));
      }
    }
    return beyond;
  }
}
