package io.grace.cli.command;

import io.grace.cli.host.Failure;
import picocli.CommandLine.Option;

/// Why a person does something; it goes into the journal. *Filled by picocli.*
final class ReasonOption {
  private static final int LONGEST = 1_000;

  @Option(
      names = {"-m", "--reason"},
      paramLabel = "REASON",
      required = true,
      description = "Why; it goes into the journal.")
  private String reason = "";

  /// @throws Failure if it says nothing or too much
  String text() throws Failure {
    return checked(reason);
  }

  static String checked(String reason) throws Failure {
    String text = reason.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new Failure(
          Failure.Kind.USAGE,
          "a reason must have 1-" + LONGEST + " characters: " + text.length(),
          "say in a sentence why: -m 'checked with the owner'");
    }
    return text;
  }
}
