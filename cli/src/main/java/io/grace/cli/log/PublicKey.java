package io.grace.cli.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// An Ed25519 public key. *Immutable.*
public final class PublicKey {
  private static final int RAW_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  private static final int ID_BYTES = 8;
  private static final int MAX_FILE_BYTES = 10_000;

  /// RFC 8410: what stands before the raw key in its X.509 form.
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Ed25519PublicKeyParameters key;
  private final String text;
  private final String id;

  private PublicKey(byte[] raw) {
    this.key = new Ed25519PublicKeyParameters(raw);
    this.text = Base64.getEncoder().encodeToString(raw);
    this.id = HexFormat.of().formatHex(ChainHash.sha256().digest(raw), 0, ID_BYTES);
  }

  /// @param text base64 of the raw 32 bytes, or of their X.509 form
  static Optional<PublicKey> parse(String text) {
    Optional<byte[]> bytes = strictBase64(text);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    byte[] raw = bytes.get();
    int extra = raw.length - RAW_BYTES;
    if (extra == X509.length && Arrays.equals(X509, Arrays.copyOf(raw, extra))) {
      raw = Arrays.copyOfRange(raw, extra, raw.length);
    }
    try {
      return raw.length == RAW_BYTES ? Optional.of(new PublicKey(raw)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // 32 bytes that are no point of the curve
    }
  }

  /// @param fileOrText a PEM file, a file with base64, or base64 itself
  static PublicKey load(String fileOrText) throws IOException {
    Path file = Path.of(fileOrText);
    String text = fileOrText;
    if (Files.isRegularFile(file)) {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IOException("too large for a public key: " + file);
      }
      text = Files.readString(file, StandardCharsets.US_ASCII);
    }
    String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return parse(body)
        .orElseThrow(() ->
            new IOException(
                "a public key must be a PEM file or base64 of 32 bytes (Ed25519): " + fileOrText));
  }

  /// Decodes only what an encoder could have written, so that no two texts mean the same bytes.
  private static Optional<byte[]> strictBase64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      boolean same = Base64.getEncoder().encodeToString(bytes).equals(text);
      return same ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether this key signed the message; a signature that is no base64 of 64 bytes is none.
  boolean verifies(byte[] message, String signature) {
    Optional<byte[]> bytes = strictBase64(signature);
    if (bytes.isEmpty() || bytes.get().length != SIGNATURE_BYTES) {
      return false;
    }
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(false, key);
    signer.update(message, 0, message.length);
    return signer.verifySignature(bytes.get());
  }

  byte[] raw() {
    return key.getEncoded();
  }

  /// The first 16 hexadecimal digits of the SHA-256 of the raw key.
  String id() {
    return id;
  }

  /// The raw key in base64.
  String text() {
    return text;
  }
}
