package io.grace.runtime.memory;

import io.grace.runtime.codec.Payloads;
import io.grace.runtime.journal.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// A value with an Ed25519 signature (RFC 8032) over `"grace-memory-v1\n"` and its canonical JSON
/// (RFC 8785). *Immutable.*
///
/// @param keyId of the journal's key
/// @param signature in base64
public record Signed<T>(T value, String keyId, String signature) {
  private static final String PREFIX = "grace-memory-v1\n";

  static <T> Signed<T> of(T value, SigningKey key) {
    byte[] signature = key.sign(message(value));
    return new Signed<>(value, key.id(), Base64.getEncoder().encodeToString(signature));
  }

  /// Whether exactly this value was signed by this key.
  ///
  /// @param publicKey the 32 raw bytes
  public boolean isBy(byte[] publicKey) {
    var verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(publicKey, 0));
    byte[] message = message(value);
    verifier.update(message, 0, message.length);
    try {
      return verifier.verifySignature(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false; // It is no base64.
    }
  }

  /// The text that is signed, after the prefix.
  public String text() {
    return Payloads.canonical(value);
  }

  private static byte[] message(Object value) {
    return (PREFIX + Payloads.canonical(value)).getBytes(StandardCharsets.UTF_8);
  }
}
