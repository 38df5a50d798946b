package io.grace.app.oidc;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Seals tickets into texts that browsers keep, so that a thousand sign-ins that nobody ends cost
/// GRACE nothing. *Thread-safe.*
///
/// AES-GCM with a key of this process: what was sealed cannot be read, changed or made elsewhere,
/// and is worth nothing after a restart, as sessions are.
final class Tickets {
  private static final int LONGEST = 4096;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;

  Tickets() {
    try {
      var generator = KeyGenerator.getInstance("AES");
      generator.init(256, random);
      key = generator.generateKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  String seal(Ticket ticket) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, 0).doFinal(ticket.bytes());
      byte[] all = new byte[IV_BYTES + sealed.length];
      System.arraycopy(iv, 0, all, 0, IV_BYTES);
      System.arraycopy(sealed, 0, all, IV_BYTES, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /// Empty if it was not sealed here, or its time is over.
  Optional<Ticket> open(String sealed, Instant now) {
    if (sealed.isEmpty() || sealed.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(sealed);
      if (all.length <= IV_BYTES) {
        return Optional.empty();
      }
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, all, 0).doFinal(all, IV_BYTES, all.length - IV_BYTES);
      return Optional.of(Ticket.of(plain)).filter(t -> now.isBefore(t.expires()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] iv, int offset) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv, offset, IV_BYTES));
    return cipher;
  }
}
