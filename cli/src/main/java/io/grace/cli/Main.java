package io.grace.cli;

import io.grace.cli.command.Commands;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.host.Host;
import io.grace.cli.text.Clean;
import java.util.Arrays;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `grace` command. What it can do is in [Commands]; what is here is how it starts and fails.
public final class Main {
  private static final Set<String> OF_LAUNCHER = Set.of("serve", "check", "demo", "bench", "warm");

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(Host.real(), args));
  }

  /// The exit status; see `grace --help`.
  public static int run(Host host, String... args) {
    int status =
        Commands.on(host)
            .setExecutionExceptionHandler((e, _, _) -> report(host, args, failure(e)))
            .setParameterExceptionHandler((e, _) -> report(host, args, failure(e)))
            .execute(args);
    host.out().flush();
    host.err().flush();
    return status;
  }

  private static Failure failure(Exception e) {
    return switch (e) {
      case Failure failure -> failure;
      case UnmatchedArgumentException u
          when !u.getUnmatched().isEmpty() && OF_LAUNCHER.contains(u.getUnmatched().getFirst()) ->
          new Failure(
              Kind.USAGE,
              u.getUnmatched().getFirst() + " is run by the launcher, not by this client",
              "./grace " + u.getUnmatched().getFirst());
      case ParameterException p -> {
        String name = p.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(p.getMessage());
        yield new Failure(Kind.USAGE, Clean.text(message), "see '" + name + " --help'");
      }
      default ->
          new Failure(
              Kind.BUG,
              "a bug in this command: " + Clean.text(e.toString()),
              "please report it with the command that you gave");
    };
  }

  /// People get it on the error output; programs get JSON where they look for the answer.
  private static int report(Host host, String[] args, Failure failure) {
    if (Arrays.asList(args).contains("--json")) {
      host.out()
          .println(
              "{\"error\":{\"kind\":"
                  + quoted(failure.kind().name().toLowerCase(java.util.Locale.ROOT))
                  + ",\"detail\":"
                  + quoted(failure.sentence())
                  + ",\"next\":"
                  + quoted(failure.next())
                  + "}}");
    } else {
      host.err().println("grace: " + failure.sentence());
      if (!failure.next().isEmpty()) {
        host.err().println("  next: " + failure.next());
      }
    }
    return failure.kind().status();
  }

  /// By hand, so that a mistyped option does not load a JSON library. The text is clean already.
  private static String quoted(String text) {
    return "\"" + Clean.text(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
