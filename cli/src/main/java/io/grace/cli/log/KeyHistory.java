package io.grace.cli.log;

import io.grace.cli.log.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who the journal says it is and whose signature counts, as its own entries tell it from the first
/// on.
final class KeyHistory {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Trust trust;
  private final Findings findings;
  private final Set<String> retired = new HashSet<>();
  private String journalId = "";
  private @Nullable PublicKey current;
  private boolean pinned;

  KeyHistory(Trust trust, Findings findings) {
    this.trust = trust;
    this.findings = findings;
  }

  /// The entry `journal.created`, at index 1.
  void created(RawEntry first) {
    Optional<JsonNode> payload = payload(first, "journal.created");
    if (payload.isEmpty()) {
      forged("entry 1 must be journal.created with a JSON payload");
      return;
    }
    journalId = text(payload.get(), "journalId");
    Optional<PublicKey> key = PublicKey.parse(text(payload.get(), "publicKey"));
    if (payload.get().path("format").asInt(0) != 1 || journalId.isEmpty() || key.isEmpty()) {
      forged("entry 1 must name format 1, a journal id and an Ed25519 key");
      return;
    }
    current = key.get();
    if (!key.get().id().equals(text(payload.get(), "keyId"))) {
      forged("entry 1 names key " + text(payload.get(), "keyId") + " but holds " + key.get().id());
    }
    trust.firstKey().ifPresent(trusted -> compare(trusted, key.get()));
    if (trust.journalId().isPresent() && !trust.journalId().get().equals(journalId)) {
      forged("this is journal " + journalId + ", wanted was " + trust.journalId().get());
    }
  }

  private void compare(PublicKey trusted, PublicKey found) {
    if (trusted.text().equals(found.text())) {
      pinned = true;
    } else {
      forged("the journal was created with key " + found.id() + ", trusted is " + trusted.id());
    }
  }

  private void forged(String message) {
    findings.add(Kind.FORGED_GENESIS, 1, message);
  }

  /// An entry `key.rotated`: counts only if the key before it signed it.
  void rotated(RawEntry entry) {
    PublicKey old = current;
    Optional<JsonNode> payload = payload(entry, "key.rotated");
    Optional<PublicKey> next =
        payload.flatMap(found -> PublicKey.parse(text(found, "newPublicKey")));
    if (old == null || payload.isEmpty() || next.isEmpty()) {
      badRotation(entry, "names no Ed25519 key");
    } else if (!text(payload.get(), "journalId").equals(journalId)) {
      badRotation(entry, "is of another journal");
    } else if (!next.get().id().equals(text(payload.get(), "newKeyId"))) {
      badRotation(
          entry, "names key " + text(payload.get(), "newKeyId") + ", holds " + next.get().id());
    } else if (!old.verifies(
        SignedMessage.rotation(journalId, next.get()), text(payload.get(), "signature"))) {
      badRotation(entry, "is not signed by key " + old.id() + ", which was in force");
    } else {
      retired.add(old.id());
      retired.remove(next.get().id());
      current = next.get();
    }
  }

  private void badRotation(RawEntry entry, String what) {
    findings.add(
        Kind.FORGED_ROTATION,
        entry.index(),
        "the key rotation at entry " + entry.index() + " " + what);
  }

  /// Whether the key in force now signed this; adds a finding if not.
  ///
  /// @param name for the message: whose checkpoint it is
  boolean isSigned(String name, RawCheckpoint checkpoint) {
    PublicKey key = current;
    byte[] head = ChainHash.parse(checkpoint.head().getBytes(StandardCharsets.UTF_8));
    if (key != null && checkpoint.keyId().equals(key.id()) && head.length > 0) {
      byte[] message = SignedMessage.checkpoint(journalId, checkpoint, head);
      if (key.verifies(message, checkpoint.signature())) {
        return true;
      }
      bad(Kind.BAD_SIGNATURE, name, checkpoint, "has a signature that does not hold");
    } else if (retired.contains(checkpoint.keyId())) {
      bad(Kind.RETIRED_KEY, name, checkpoint, "is signed by a key that was rotated out before");
    } else {
      bad(Kind.BAD_SIGNATURE, name, checkpoint, "is not signed by the key in force");
    }
    return false;
  }

  private void bad(Kind kind, String name, RawCheckpoint checkpoint, String what) {
    findings.add(
        kind,
        checkpoint.size(),
        name + " at " + checkpoint.size() + " (key " + checkpoint.keyId() + ") " + what);
  }

  private static Optional<JsonNode> payload(RawEntry entry, String kind) {
    if (!new String(entry.kind(), StandardCharsets.UTF_8).equals(kind)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(entry.payload()));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }

  String journalId() {
    return journalId;
  }

  /// The id of the key in force, empty before the first entry.
  String currentId() {
    return current == null ? "" : current.id();
  }

  boolean isPinned() {
    return pinned;
  }
}
