package io.grace.cli.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes what a source finds as an export of format 1, without judging it.
final class JsonLinesWriter implements LogSink {
  private static final JsonFactory JSON = JsonFactory.builder().rootValueSeparator("\n").build();

  private final JsonGenerator json;
  private final Queue<String> problems = new ArrayDeque<>();
  private long entries;
  private long checkpoints;

  /// @param journalId for the header, which comes before anything is read
  JsonLinesWriter(OutputStream out, String journalId) {
    json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
    json.writeStartObject();
    json.writeNumberProperty("grace-journal", 1);
    json.writeStringProperty("journalId", journalId);
    json.writeEndObject();
  }

  @Override
  public void header(String journalId) {}

  @Override
  public void entry(RawEntry entry) {
    json.writeStartObject();
    json.writeNumberProperty("index", entry.index());
    json.writeNumberProperty("epoch", entry.epoch());
    json.writeNumberProperty("at", entry.atMicros());
    text("actor", entry.actor());
    text("kind", entry.kind());
    text("subject", entry.subject());
    text("payload", entry.payload());
    text("previous", entry.previous());
    text("hash", entry.hash());
    json.writeEndObject();
    entries++;
  }

  private void text(String name, byte[] utf8) {
    json.writeStringProperty(name, new String(utf8, StandardCharsets.UTF_8));
  }

  @Override
  public void checkpoint(RawCheckpoint checkpoint) {
    json.writeStartObject();
    json.writeNumberProperty("checkpoint", checkpoint.size());
    json.writeStringProperty("head", checkpoint.head());
    json.writeNumberProperty("at", checkpoint.atMicros());
    json.writeStringProperty("keyId", checkpoint.keyId());
    json.writeStringProperty("signature", checkpoint.signature());
    json.writeEndObject();
    checkpoints++;
  }

  @Override
  public void footer(long saidEntries, long saidCheckpoints) {}

  @Override
  public void unreadable(String where, String why) {
    problems.add(where + ": " + why);
  }

  @Override
  public void cut(String why) {
    problems.add(why);
  }

  /// Ends the export.
  ///
  /// @throws IOException if something could not be read, since an export must be whole
  void finish(OutputStream out) throws IOException {
    if (!problems.isEmpty()) {
      throw new IOException("the journal is damaged: " + problems.element());
    }
    json.writeStartObject();
    json.writeNumberProperty("entries", entries);
    json.writeNumberProperty("checkpoints", checkpoints);
    json.writeEndObject();
    json.flush();
    out.write('\n');
  }
}
