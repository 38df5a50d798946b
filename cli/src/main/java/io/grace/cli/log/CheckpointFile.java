package io.grace.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The form in which a checkpoint is kept outside: one JSON object.
final class CheckpointFile {
  private static final int MAX_BYTES = 10_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FIELDS =
      Set.of("journalId", "size", "head", "at", "keyId", "signature");

  private CheckpointFile() {}

  static String write(HeldCheckpoint held) {
    RawCheckpoint checkpoint = held.checkpoint();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("journalId", held.journalId());
    fields.put("size", checkpoint.size());
    fields.put("head", checkpoint.head());
    fields.put("at", checkpoint.atMicros());
    fields.put("keyId", checkpoint.keyId());
    fields.put("signature", checkpoint.signature());
    return JSON.writeValueAsString(fields);
  }

  static HeldCheckpoint read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
      throw new IOException("no checkpoint file of at most " + MAX_BYTES + " bytes: " + file);
    }
    try {
      JsonNode fields = JSON.readTree(Files.readString(file));
      Set<String> found = new TreeSet<>(fields.propertyNames());
      if (!found.equals(FIELDS)) {
        throw new IOException(
            "a checkpoint must have the fields " + new TreeSet<>(FIELDS) + ", found " + found);
      }
      return new HeldCheckpoint(
          fields.get("journalId").asString(),
          new RawCheckpoint(
              fields.get("size").asLong(),
              fields.get("head").asString(),
              fields.get("at").asLong(),
              fields.get("keyId").asString(),
              fields.get("signature").asString()));
    } catch (JacksonException e) {
      throw new IOException("not a checkpoint: " + file + ": " + e.getOriginalMessage(), e);
    }
  }
}
