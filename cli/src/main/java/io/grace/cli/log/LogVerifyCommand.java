package io.grace.cli.log;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `grace log verify`: checks a journal off-line. Exit code 0 clean, 1 findings, 2 not readable.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Check a journal's chain and signatures, off-line.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing wrong was found",
      "1:there are findings",
      "2:wrong usage, or the journal cannot be read"
    })
public final class LogVerifyCommand implements Callable<Integer> {
  static final int CLEAN = 0;
  static final int FINDINGS = 1;
  static final int UNREADABLE = 2;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "JOURNAL",
      description = "SQLite file, exported .jsonl or .jsonl.gz, or jdbc:postgresql: URL")
  private String journal = "";

  @Option(
      names = "--key",
      paramLabel = "PUBLICKEY",
      description = "the trusted first key: PEM file, or base64 of the raw key")
  private @Nullable String key;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "a checkpoint you hold (see 'log checkpoint'); finds a cut tail")
  private @Nullable Path checkpoint;

  @Option(names = "--journal-id", paramLabel = "ID", description = "the journal that is wanted")
  private @Nullable String journalId;

  @Option(
      names = "--max-unsigned",
      paramLabel = "COUNT",
      description = "more entries after the last checkpoint are a finding; a stopped journal has 0")
  private long maxUnsigned = Long.MAX_VALUE;

  @Option(names = "--json", description = "print the verdict as JSON")
  private boolean json;

  @Option(names = "--progress", description = "tell on standard error how far it is")
  private boolean progress;

  @Override
  public Integer call() {
    CommandSpec own = Objects.requireNonNull(spec, "picocli sets it");
    PrintWriter out = own.commandLine().getOut();
    PrintWriter err = own.commandLine().getErr();
    try {
      Verdict verdict =
          Verifier.verify(
              LogSource.at(journal),
              trust(),
              entries -> {
                if (progress) {
                  err.println(entries + " entries");
                  err.flush();
                }
              });
      out.println(json ? asJson(verdict) : asText(verdict));
      out.flush();
      return verdict.isClean() ? CLEAN : FINDINGS;
    } catch (IOException e) {
      err.println("grace log verify: " + e.getMessage());
      err.flush();
      return UNREADABLE;
    }
  }

  private Trust trust() throws IOException {
    return new Trust(
        key == null ? Optional.empty() : Optional.of(PublicKey.load(key)),
        checkpoint == null ? Optional.empty() : Optional.of(CheckpointFile.read(checkpoint)),
        Optional.ofNullable(journalId),
        maxUnsigned);
  }

  private static String asText(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : verdict.findings()) {
      text.append(finding.kind()).append(": ").append(finding.message()).append('\n');
    }
    if (verdict.further() > 0) {
      text.append("and ").append(verdict.further()).append(" further findings\n");
    }
    for (String warning : verdict.warnings()) {
      text.append("warning: ").append(warning).append('\n');
    }
    text.append(verdict.isClean() ? "OK" : "NOT OK")
        .append(": journal ")
        .append(verdict.journalId())
        .append(", ")
        .append(verdict.entries())
        .append(" entries, ")
        .append(verdict.checkpoints())
        .append(" checkpoints, signed up to ")
        .append(verdict.signedUpTo())
        .append(", head ")
        .append(verdict.head());
    return text.toString();
  }

  private static String asJson(Verdict verdict) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("clean", verdict.isClean());
    fields.put("journalId", verdict.journalId());
    fields.put("entries", verdict.entries());
    fields.put("lastIndex", verdict.lastIndex());
    fields.put("head", verdict.head());
    fields.put("checkpoints", verdict.checkpoints());
    fields.put("signedUpTo", verdict.signedUpTo());
    fields.put("unsigned", verdict.unsigned());
    fields.put("pinned", verdict.pinned());
    fields.put("findings", verdict.findings());
    fields.put("further", verdict.further());
    fields.put("warnings", verdict.warnings());
    return JsonMapper.builder().build().writeValueAsString(fields);
  }
}
