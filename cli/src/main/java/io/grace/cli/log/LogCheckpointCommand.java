package io.grace.cli.log;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `grace log checkpoint`: prints the newest checkpoint, to be kept where the journal's owner
/// cannot reach it.
@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description =
        "Print the newest checkpoint as JSON; keep it elsewhere for 'log verify --checkpoint'.")
public final class LogCheckpointCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "JOURNAL",
      description = "SQLite file, exported .jsonl or .jsonl.gz, or jdbc:postgresql: URL")
  private String journal = "";

  @Option(names = "--json", description = "without the advice on standard error")
  private boolean json;

  @Override
  public Integer call() {
    CommandSpec own = Objects.requireNonNull(spec, "picocli sets it");
    PrintWriter err = own.commandLine().getErr();
    try {
      NewestCheckpoint search = new NewestCheckpoint();
      LogSource.at(journal).read(search);
      Optional<HeldCheckpoint> found = search.found();
      if (found.isPresent()) {
        own.commandLine().getOut().println(CheckpointFile.write(found.get()));
        own.commandLine().getOut().flush();
        if (!json) {
          err.println("keep this where nobody who can change the journal can change it");
          err.flush();
        }
        return LogVerifyCommand.CLEAN;
      }
      err.println("grace log checkpoint: the journal has no checkpoint or no first entry");
    } catch (IOException e) {
      err.println("grace log checkpoint: " + e.getMessage());
    }
    err.flush();
    return LogVerifyCommand.UNREADABLE;
  }
}
