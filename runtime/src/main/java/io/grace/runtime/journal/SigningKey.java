package io.grace.runtime.journal;

import io.grace.core.model.Hash;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// An Ed25519 key that signs checkpoints. *Immutable.* Never printed: `toString` shows the id only.
public final class SigningKey {
  private static final int ID_BYTES = 8;

  private final Ed25519PrivateKeyParameters secret;
  private final byte[] publicKey;
  private final String id;

  SigningKey(Ed25519PrivateKeyParameters secret) {
    this.secret = secret;
    this.publicKey = secret.generatePublicKey().getEncoded();
    this.id = idOf(publicKey);
  }

  static SigningKey random() {
    return new SigningKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  /// The first 16 hexadecimal digits of the SHA-256 of the raw public key.
  static String idOf(byte[] publicKey) {
    byte[] digest = Hash.newSha256().digest(publicKey);
    return HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }

  public String id() {
    return id;
  }

  /// The 32 raw bytes.
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /// The 32 raw bytes in base64, as it stands in the journal and as the verifier takes it.
  public String publicKeyText() {
    return Base64.getEncoder().encodeToString(publicKey);
  }

  /// The private seed; for the key ring only.
  byte[] seed() {
    return secret.getEncoded();
  }

  public byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, secret);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
