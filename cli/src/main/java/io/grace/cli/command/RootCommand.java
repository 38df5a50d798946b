package io.grace.cli.command;

import io.grace.cli.host.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "grace",
    versionProvider = RootCommand.Versions.class,
    description = "Keeps services healthy, and never does a thing that it cannot justify.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands of a client:%n",
    optionListHeading = "%nOptions of every command:%n",
    footerHeading = "%nCommands of the launcher, which need no running server:%n",
    footer = {
      "  serve       Start the server.",
      "  check       Check a configuration and say what is wrong with it.",
      "  playbook    Test and draw playbooks.",
      "  replay      Run the incidents of a journal through another policy.",
      "  report      Say what observe mode would have done: report shadow.",
      "  demo        Show GRACE at work on real faulty services.",
      "  drill       Kill it in every phase of a run and check what is left.",
      "  bench       Measure it.",
      "  warm        Train caches, so that later starts are quicker.",
      "",
      "Environment:",
      "  GRACE_URL         The server; http://127.0.0.1:8080 unless told.",
      "  GRACE_TOKEN       The token that says who you are, or",
      "  GRACE_TOKEN_FILE  the file that holds it; .grace/token unless told.",
      "  NO_COLOR          No colours."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      " 0:done",
      " 1:the answer is no: findings, or refused",
      " 2:the command was not understood",
      " 3:GRACE cannot be reached or cannot answer",
      " 4:not authorised",
      " 5:not found",
      " 6:conflict: it changed meanwhile",
      "70:a bug in this command"
    })
final class RootCommand implements Callable<Integer> {
  /// The version in the form that picocli asks for.
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"grace " + Version.TEXT};
    }
  }

  private final Context context;

  @Mixin final OutputOptions output;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean isVersion;

  @Spec private CommandSpec spec = CommandSpec.create();

  RootCommand(Context context) {
    this.context = context;
    this.output = context.root();
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(context.host().out());
    return isVersion ? 0 : 2;
  }
}
