package io.grace.cli.command;

import io.grace.cli.host.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "The version of this command; the server's is in status.")
final class VersionCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private final OutputOptions output;

  VersionCommand(Context context) {
    this.context = context;
    this.output = context.options();
  }

  @Override
  public Integer call() {
    String java = System.getProperty("java.version", "?");
    context
        .host()
        .out()
        .println(
            output.isJson()
                ? "{\"version\":\"" + Version.TEXT + "\",\"java\":\"" + java + "\"}"
                : "grace " + Version.TEXT + ", Java " + java);
    return 0;
  }
}
