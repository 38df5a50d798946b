package io.grace.runtime.journal;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.runtime.journal.JournalException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The entries by which a journal says who it is and whose signature counts. Only the store writes
/// them.
final class Identity {
  static final String CREATED = "journal.created";
  static final String ROTATED = "key.rotated";
  static final Set<String> KINDS = Set.of(CREATED, ROTATED);
  private static final String SUBJECT = "grace";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Identity() {}

  static Draft created(Instant at, String journalId, SigningKey key) {
    Map<String, Object> payload = new LinkedHashMap<>(); // in canonical order
    payload.put("format", 1);
    payload.put("journalId", journalId);
    payload.put("keyId", key.id());
    payload.put("publicKey", key.publicKeyText());
    return new Draft(
        Micros.truncate(at), SUBJECT, CREATED, SUBJECT, JSON.writeValueAsString(payload));
  }

  /// The old key vouches for the new one.
  static Draft rotated(
      Instant at, String actor, String journalId, SigningKey oldKey, SigningKey newKey) {
    byte[] prefix = "grace-rotation-v1\n".getBytes(StandardCharsets.US_ASCII);
    byte[] journal = journalId.getBytes(StandardCharsets.UTF_8);
    byte[] message =
        ByteBuffer.allocate(prefix.length + 4 + journal.length + newKey.publicKey().length)
            .put(prefix)
            .putInt(journal.length)
            .put(journal)
            .put(newKey.publicKey())
            .array();
    Map<String, Object> payload = new LinkedHashMap<>(); // in canonical order
    payload.put("journalId", journalId);
    payload.put("newKeyId", newKey.id());
    payload.put("newPublicKey", newKey.publicKeyText());
    payload.put("signature", Base64.getEncoder().encodeToString(oldKey.sign(message)));
    return new Draft(
        Micros.truncate(at), actor, ROTATED, SUBJECT, JSON.writeValueAsString(payload));
  }

  static String journalId(Entry first) throws JournalException {
    if (!first.kind().equals(CREATED)) {
      throw damaged("entry 1 must be " + CREATED + ": " + first.kind());
    }
    try {
      JsonNode payload = JSON.readTree(first.payload());
      if (payload.path("format").asInt(0) != 1) {
        throw damaged("this GRACE reads journal format 1, found " + payload.path("format"));
      }
      return payload.path("journalId").asString("");
    } catch (JacksonException e) {
      throw damaged("entry 1 is not JSON: " + e.getOriginalMessage());
    }
  }

  private static JournalException damaged(String what) {
    return new JournalException(
        Kind.GIVE_UP, what + "; check the journal with 'grace log verify' and restore a backup");
  }
}
