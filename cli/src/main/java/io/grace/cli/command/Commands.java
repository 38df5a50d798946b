package io.grace.cli.command;

import io.grace.cli.host.Host;
import io.grace.cli.log.LogCheckpointCommand;
import io.grace.cli.log.LogVerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// All commands in the order in which help lists them.
public final class Commands {
  private Commands() {}

  /// A command line that runs on `host`.
  public static CommandLine on(Host host) {
    var context = new Context(host, new OutputOptions(null));
    var log =
        new CommandLine(new LogCommand(context))
            .addSubcommand(new LogTailCommand(context))
            .addSubcommand(new LogExportCommand(context))
            .addSubcommand(new LogVerifyCommand())
            .addSubcommand(new LogCheckpointCommand())
            .addSubcommand("copy", copy());
    var draft = new DraftCommand(context);
    var drafts =
        new CommandLine(draft)
            .addSubcommand(new DraftShowCommand(draft.below()))
            .addSubcommand(new DraftTextCommand(draft.below()))
            .addSubcommand(new DraftRejectCommand(draft.below()));
    var motion = new MotionCommand(context);
    var motions =
        new CommandLine(motion)
            .addSubcommand(new MotionShowCommand(motion.below()))
            .addSubcommand(new MotionMoveCommand(motion.below()))
            .addSubcommand(new MotionVoteCommand(motion.below()))
            .addSubcommand(new MotionWithdrawCommand(motion.below()));
    return new CommandLine(new RootCommand(context))
        .addSubcommand(new StatusCommand(context))
        .addSubcommand(new IncidentsCommand(context))
        .addSubcommand(new RunsCommand(context))
        .addSubcommand(new WhyCommand(context))
        .addSubcommand(new ApproveCommand(context))
        .addSubcommand(new RejectCommand(context))
        .addSubcommand(new CancelCommand(context))
        .addSubcommand(new AnswerCommand(context))
        .addSubcommand(new AckCommand(context))
        .addSubcommand(new RelatedCommand(context))
        .addSubcommand(new MergeCommand(context))
        .addSubcommand(new SplitCommand(context))
        .addSubcommand(new PlanCommand(context))
        .addSubcommand(new ProposeCommand(context))
        .addSubcommand(new PauseCommand(context))
        .addSubcommand(new ResumeCommand(context))
        .addSubcommand("motion", motions)
        .addSubcommand("log", log)
        .addSubcommand("draft", drafts)
        .addSubcommand(new AlertsCommand(context))
        .addSubcommand(new ChangesCommand(context))
        .addSubcommand(new SlosCommand(context))
        .addSubcommand(new TriggersCommand(context))
        .addSubcommand(new JudgeCommand(context))
        .addSubcommand(new TopologyCommand(context))
        .addSubcommand(new LearningCommand(context))
        .addSubcommand(new SmokeCommand(context))
        .addSubcommand(new CompletionCommand(context))
        .addSubcommand(new VersionCommand(context))
        .setUsageHelpWidth(80)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setOut(host.out())
        .setErr(host.err());
  }

  /// Off-line, `export` copies a database; here that word belongs to the server's export.
  private static CommandLine copy() {
    var copy = new CommandLine(new io.grace.cli.log.LogExportCommand());
    copy.getCommandSpec().name("copy");
    return copy;
  }
}
