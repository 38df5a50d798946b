package io.grace.app.offline;

import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import io.grace.runtime.config.Problem;
import io.grace.runtime.journal.JournalException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The commands `playbook`, `replay` and `report`.
@Command(name = "grace", description = "Commands that need no running server.")
public final class Offline implements Callable<Integer> {
  /// The answer is no: a test failed, a threshold was passed, a file is wrong.
  static final int NO = 1;

  private static final Set<String> COMMANDS = Set.of("playbook", "replay", "report");

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Offline(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
  }

  /// Whether the first word is one of these commands.
  public static boolean knows(List<String> words) {
    return !words.isEmpty() && COMMANDS.contains(words.getFirst());
  }

  /// @return the exit status: 0 done, 1 no, 2 not understood
  public static int run(
      List<String> words, PrintStream out, PrintStream err, Map<String, String> environment) {
    var offline = new Offline(out, err, environment);
    var command = new CommandLine(offline);
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Show this help.")
                .build());
    command.addSubcommand(new PlaybookCommand(offline));
    command.addSubcommand(new ReplayCommand(offline));
    command.addSubcommand(new ReportCommand(offline));
    command.setExecutionExceptionHandler((e, _, _) -> {
      if (e instanceof JournalException || e instanceof IllegalArgumentException) {
        err.println("grace: " + e.getMessage());
        return NO;
      }
      throw e;
    });
    command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    command.setUsageHelpWidth(80);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    return command.execute(words.toArray(String[]::new));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(err);
    return CommandLine.ExitCode.USAGE;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /// The configuration; what is wrong with it was said if there is none.
  Optional<Config> config(Path file) {
    return switch (ConfigLoader.load(file, environment)) {
      case Loaded.Valid(Config config) -> Optional.of(config);
      case Loaded.Invalid(List<Problem> problems) -> {
        problems.forEach(err::println);
        yield Optional.empty();
      }
    };
  }
}
