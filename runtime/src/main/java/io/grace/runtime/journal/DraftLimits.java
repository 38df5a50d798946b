package io.grace.runtime.journal;

import io.grace.core.entry.Draft;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the journal takes: bounded texts that every store gives back exactly as they were.
///
/// A NUL cannot be stored by PostgreSQL, and half of a surrogate pair has no UTF-8, so both would
/// come back changed and break the chain.
final class DraftLimits {
  /// Keeps a transaction, and the memory of a page that is read, within bounds.
  static final int MAX_DRAFTS = 10_000;

  /// Room for a plan with its evidence; more belongs into the memory store, by hash.
  static final int MAX_PAYLOAD = 256 * 1024;

  private static final int MAX_NAME = 1_000;

  /// Looked through character by character.
  private static final int SHORT = 64;

  private DraftLimits() {}

  static void check(List<Draft> drafts) {
    if (drafts.isEmpty() || drafts.size() > MAX_DRAFTS) {
      throw new IllegalArgumentException(
          "an append takes 1 to " + MAX_DRAFTS + " drafts: " + drafts.size());
    }
    for (Draft draft : drafts) {
      check("actor", draft.actor(), MAX_NAME);
      check("kind", draft.kind(), MAX_NAME);
      check("subject", draft.subject(), MAX_NAME);
      check("payload", draft.payload(), MAX_PAYLOAD);
    }
  }

  /// Whether UTF-8 gives it back as it is: vector code, which pays for all but short texts.
  private static boolean survives(String text) {
    String back = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return text.indexOf('\0') < 0 && back.equals(text);
  }

  private static void check(String field, String text, int max) {
    if (text.length() > max) {
      throw new IllegalArgumentException(
          field + " must have at most " + max + " characters: " + text.length());
    }
    if (text.length() > SHORT && survives(text)) {
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException(field + " must not contain NUL, found at " + i);
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new IllegalArgumentException(field + " has half a surrogate pair at " + i);
        }
        i++;
      }
    }
  }
}
