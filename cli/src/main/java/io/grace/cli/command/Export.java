package io.grace.cli.command;

import io.grace.cli.client.LineStream;
import io.grace.cli.client.LineStream.Seen;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.host.Host;
import io.grace.cli.text.Clean;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Copies an export to where it goes, showing that it goes on.
final class Export {
  /// The server reads the journal in pages; a minute without a line means that it hangs.
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(1);

  private static final long PROGRESS_EVERY = 10_000;

  private Export() {}

  /// How many lines were written.
  ///
  /// @param file empty for the standard output
  static long copy(LineStream lines, Host host, @Nullable Path file) throws Failure {
    if (file == null) {
      boolean isTerminal = host.isTerminal().getAsBoolean();
      return copy(lines, host, host.out(), isTerminal);
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      long count;
      try (var out = new PrintWriter(Files.newBufferedWriter(part, StandardCharsets.UTF_8))) {
        count = copy(lines, host, out, false);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } catch (IOException e) {
      throw new Failure(
          Kind.USAGE,
          "cannot write " + file + ": " + Clean.text(String.valueOf(e.getMessage())),
          "choose a file that you may write: -o FILE");
    } finally {
      delete(part);
    }
  }

  private static long copy(LineStream lines, Host host, PrintWriter out, boolean isTerminal)
      throws Failure {
    long count = 0;
    while (true) {
      switch (lines.next(SILENCE_LIMIT)) {
        case Seen.Line(String text) -> {
          // Not println: the format has one line end everywhere.
          out.print(isTerminal ? Clean.json(text) : text);
          out.print('\n');
          if (++count % PROGRESS_EVERY == 0) {
            host.err().println("grace: " + count + " lines so far");
          }
        }
        case Seen.End _ -> {
          if (out.checkError()) {
            throw new Failure(Kind.USAGE, "the export cannot be written: is the disk full?", "");
          }
          return count;
        }
        case Seen.Broken(String why) -> throw cut(Clean.text(why));
        case Seen.Silence _ -> throw cut("nothing came for " + SILENCE_LIMIT.toSeconds() + " s");
      }
    }
  }

  private static Failure cut(String why) {
    return new Failure(
        Kind.UNREACHABLE, "the export broke off: " + why, "start it again; nothing was kept");
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException _) {
      // What matters was said already.
    }
  }
}
