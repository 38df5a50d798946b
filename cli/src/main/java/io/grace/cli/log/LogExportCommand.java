package io.grace.cli.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `grace log export`: copies a journal from its database into JSON Lines.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Copy a journal from its database into a .jsonl or .jsonl.gz file.")
public final class LogExportCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "JOURNAL",
      description = "SQLite file or jdbc:postgresql: URL")
  private String journal = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "must not exist yet")
  private Path file = Path.of("");

  @Option(names = "--json", description = "print what was done as JSON")
  private boolean json;

  @Override
  public Integer call() {
    CommandSpec own = Objects.requireNonNull(spec, "picocli sets it");
    PrintWriter out = own.commandLine().getOut();
    PrintWriter err = own.commandLine().getErr();
    try {
      if (Files.exists(file)) {
        throw new IOException("it would overwrite " + file);
      }
      LogSource source = LogSource.at(journal);
      NewestCheckpoint identity = new NewestCheckpoint();
      source.read(identity);
      String id =
          identity
              .found()
              .map(HeldCheckpoint::journalId)
              .orElseThrow(() -> new IOException("the journal has no signed first entry"));
      write(source, id);
      out.println(json ? asJson() : "wrote " + file);
      out.flush();
      return LogVerifyCommand.CLEAN;
    } catch (IOException | JacksonException e) {
      err.println("grace log export: " + e.getMessage());
      err.flush();
      return LogVerifyCommand.UNREADABLE;
    }
  }

  private void write(LogSource source, String journalId) throws IOException {
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
    try (OutputStream out =
        file.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw) {
      JsonLinesWriter writer = new JsonLinesWriter(out, journalId);
      source.read(writer);
      writer.finish(out);
    }
  }

  private String asJson() {
    return JsonMapper.builder().build().writeValueAsString(Map.of("file", file.toString()));
  }
}
