package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import io.grace.runtime.journal.JournalException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Format 1 of an exported journal: JSON Lines.
///
/// A header `{"grace-journal":1,"journalId":…}`; then each entry with all its fields, time in
/// microseconds and the payload as a string, so that its bytes stay as hashed; each checkpoint
/// `{"checkpoint":size,…}` right after the entry at its size; a footer
/// `{"entries":n,"checkpoints":m}`.
final class JournalExport {
  private static final JsonFactory JSON = JsonFactory.builder().rootValueSeparator("\n").build();

  private final EntryReader reader;
  private long entries;
  private long checkpoints;

  JournalExport(EntryReader reader) {
    this.reader = reader;
  }

  ExportSummary write(OutputStream out) throws JournalException, IOException {
    long end = reader.head().map(Head::index).orElse(0L);
    Entry first =
        reader
            .entry(1)
            .orElseThrow(() -> new JournalException(Kind.GIVE_UP, "the journal has no entry yet"));
    String journalId = Identity.journalId(first);
    // The generator must not close a stream that is not ours.
    JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
    json.writeStartObject();
    json.writeNumberProperty("grace-journal", 1);
    json.writeStringProperty("journalId", journalId);
    json.writeEndObject();
    writeUpTo(end, json);
    json.writeStartObject();
    json.writeNumberProperty("entries", entries);
    json.writeNumberProperty("checkpoints", checkpoints);
    json.writeEndObject();
    json.flush();
    out.write("\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return new ExportSummary(journalId, entries, checkpoints);
  }

  private void writeUpTo(long end, JsonGenerator json) throws JournalException {
    List<Entry> page = reader.page(1);
    while (!page.isEmpty() && page.getFirst().index() <= end) {
      Queue<Checkpoint> due =
          new ArrayDeque<>(reader.checkpoints(page.getFirst().index(), page.getLast().index()));
      for (Entry entry : page) {
        if (entry.index() <= end) {
          write(entry, json);
          while (!due.isEmpty() && due.element().size() <= entry.index()) {
            write(due.remove(), json);
          }
        }
      }
      page = reader.page(page.getLast().index() + 1);
    }
  }

  private void write(Entry entry, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("index", entry.index());
    json.writeNumberProperty("epoch", entry.epoch());
    json.writeNumberProperty("at", Micros.of(entry.at()));
    json.writeStringProperty("actor", entry.actor());
    json.writeStringProperty("kind", entry.kind());
    json.writeStringProperty("subject", entry.subject());
    json.writeStringProperty("payload", entry.payload());
    json.writeStringProperty("previous", entry.previous().value());
    json.writeStringProperty("hash", entry.hash().value());
    json.writeEndObject();
    entries++;
  }

  private void write(Checkpoint checkpoint, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("checkpoint", checkpoint.size());
    json.writeStringProperty("head", checkpoint.head().value());
    json.writeNumberProperty("at", Micros.of(checkpoint.at()));
    json.writeStringProperty("keyId", checkpoint.keyId());
    json.writeStringProperty("signature", checkpoint.signature());
    json.writeEndObject();
    checkpoints++;
  }
}
