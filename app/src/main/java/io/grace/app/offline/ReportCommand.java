package io.grace.app.offline;

import io.grace.runtime.config.Config;
import io.grace.runtime.config.StoreConfig;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.replay.Journals;
import io.grace.runtime.replay.Shadow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// What a journal says about how GRACE did.
@Command(name = "report", description = "Reports that are read from a journal.")
final class ReportCommand implements Callable<Integer> {
  private final Offline offline;

  @Spec private CommandSpec spec = CommandSpec.create();

  ReportCommand(Offline offline) {
    this.offline = offline;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(offline.err());
    return CommandLine.ExitCode.USAGE;
  }

  @Command(
      name = "shadow",
      description = {
        "What observe mode would have done for each service and playbook, how often",
        "that would have been right, and whether the exit criteria are met."
      })
  int shadow(
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "grace.yaml",
              description = "With exit_criteria and the store; grace.yaml unless told.")
          Path config,
      @Option(
              names = "--from",
              paramLabel = "JOURNAL",
              description = "The SQLite file of the journal; the configured one unless told.")
          @Nullable Path from,
      @Option(names = "--json", description = "Answer with JSON.") boolean isJson)
      throws JournalException {
    Optional<Config> loaded = offline.config(config);
    if (loaded.isEmpty()) {
      return Offline.NO;
    }
    Optional<Path> journal =
        from != null
            ? Optional.of(from)
            : loaded.get().store() instanceof StoreConfig.Sqlite(Path file)
                ? Optional.of(file)
                : Optional.empty();
    if (journal.isEmpty()) {
      offline
          .err()
          .println("grace: the journal is not a SQLite file; name an exported one: --from");
      return Offline.NO;
    }
    var shadow = new Shadow();
    Journals.read(journal.get(), shadow::read);
    if (isJson) {
      offline
          .out()
          .println(
              JsonMapper.shared()
                  .writeValueAsString(
                      shadow.rows().stream()
                          .map(row -> {
                            var plain = new LinkedHashMap<String, Object>();
                            plain.put("service", row.service().value());
                            plain.put("playbook", row.playbook().value());
                            plain.put("proposals", row.proposals());
                            plain.put("right", row.right());
                            plain.put("needless", row.needless());
                            plain.put("wrong", row.wrong());
                            plain.put("recovered", row.recovered());
                            plain.put("missing", row.missing(loaded.get().exitCriteria()));
                            return plain;
                          })
                          .toList()));
    } else {
      shadow.lines(loaded.get().exitCriteria()).forEach(offline.out()::println);
    }
    return CommandLine.ExitCode.OK;
  }
}
