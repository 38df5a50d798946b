package io.grace.lab.demo;

import io.grace.cli.log.LogVerifyCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/// Checks a journal with the off-line verifier, which shares no code with the writer.
public final class JournalProof {
  private JournalProof() {}

  /// Whether every entry of the store in `dir` is as it was written.
  public static boolean verify(Path dir, PrintStream out) throws IOException {
    out.println();
    var verifier =
        new CommandLine(new LogVerifyCommand())
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    return verifier.execute(
            dir.resolve("grace.db").toString(), "--key", publicKey(dir.resolve("keys")).toString())
        == 0;
  }

  /// The only one: the demo does not rotate keys.
  private static Path publicKey(Path keys) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(keys, "*.pub.pem")) {
      return found.iterator().next();
    }
  }
}
