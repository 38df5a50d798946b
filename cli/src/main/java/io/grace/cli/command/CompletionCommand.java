package io.grace.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Prints what teaches your shell to complete grace.",
      "In bash: eval \"$(grace completion bash)\"; in zsh the same with zsh."
    })
final class CompletionCommand implements Callable<Integer> {
  /// The shells that the script is for.
  enum Shell {
    bash,
    zsh
  }

  private final Context context;

  @Mixin final OutputOptions output;

  @Parameters(paramLabel = "bash|zsh", description = "Your shell.")
  private Shell shell = Shell.bash;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("grace", spec.root().commandLine());
    if (shell == Shell.zsh) {
      // The script brings bash's completion to zsh, which has to be awake for that.
      context.host().out().println("autoload -U +X compinit && compinit");
    }
    context.host().out().println(script);
    return 0;
  }
}
