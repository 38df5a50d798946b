package io.grace.app.oidc;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/// What GRACE remembers of a sign-in that was begun. *Immutable.*
///
/// @param state comes back with the browser
/// @param nonce comes back within the ID token, hashed
/// @param verifier proves to the provider that who began also ends (RFC 7636)
/// @param next the page wanted afterwards
record Ticket(String state, String nonce, String verifier, String next, Instant expires) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  static Ticket draw(String next, Instant expires) {
    return new Ticket(unguessable(), unguessable(), unguessable(), next, expires);
  }

  /// 256 bits: 43 characters, which is what RFC 7636 section 4.1 asks of a verifier.
  private static String unguessable() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  byte[] bytes() {
    return String.join("\n", state, nonce, verifier, Long.toString(expires.getEpochSecond()), next)
        .getBytes(StandardCharsets.UTF_8);
  }

  static Ticket of(byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", 5);
    return new Ticket(
        parts[0], parts[1], parts[2], parts[4], Instant.ofEpochSecond(Long.parseLong(parts[3])));
  }
}
