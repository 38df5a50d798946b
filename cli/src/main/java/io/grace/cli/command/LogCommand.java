package io.grace.cli.command;

import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "log", description = "The signed journal: tail, export, verify, checkpoint, copy.")
final class LogCommand implements Callable<Integer> {
  @Mixin final OutputOptions output;

  LogCommand(Context context) {
    this.output = context.options();
  }

  @Override
  public Integer call() throws Failure {
    throw new Failure(
        Kind.USAGE,
        "log wants to know what to do",
        "see 'grace log --help', such as 'grace log tail'");
  }
}
