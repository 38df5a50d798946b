package io.grace.cli.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// Builds journals of the documented format, honest or not: what an attacker with every tool could
/// do.
final class Forge {
  static final String ID = "7d1a5c1e-0000-4000-8000-000000000001";

  final List<String> lines = new ArrayList<>();
  private final String journalId;
  long index;
  long epoch = 1;
  private long atMicros = 1_795_420_800_000_000L;
  private long checkpoints;
  private String head = "";

  Forge(String journalId) {
    this.journalId = journalId;
    lines.add("{\"grace-journal\":1,\"journalId\":\"" + journalId + "\"}");
    head = hex(sha256(bytes(out -> tagged(out, "grace-genesis-v1\n", journalId))));
  }

  /// The same key for the same seed.
  static Ed25519PrivateKeyParameters key(int seed) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new Ed25519PrivateKeyParameters(bytes);
  }

  static String publicText(Ed25519PrivateKeyParameters key) {
    return Base64.getEncoder().encodeToString(key.generatePublicKey().getEncoded());
  }

  static String id(Ed25519PrivateKeyParameters key) {
    return hex(sha256(key.generatePublicKey().getEncoded())).substring(0, 16);
  }

  /// A journal with entries after its creation, signed at the end by the same key.
  static Forge journal(Ed25519PrivateKeyParameters key, int entries) {
    Forge forge = new Forge(ID).create(key);
    for (int i = 0; i < entries; i++) {
      forge.entry("run.proposed", "{\"n\":" + i + "}");
    }
    return forge.checkpoint(key);
  }

  Forge create(Ed25519PrivateKeyParameters key) {
    return entry(
        "journal.created",
        "{\"format\":1,\"journalId\":\"%s\",\"keyId\":\"%s\",\"publicKey\":\"%s\"}"
            .formatted(journalId, id(key), publicText(key)));
  }

  Forge entry(String kind, String payload) {
    index++;
    atMicros += 1_000;
    byte[] message =
        bytes(out -> {
          out.write("grace-entry-v1\n".getBytes(StandardCharsets.UTF_8));
          out.writeLong(index);
          out.writeLong(epoch);
          out.writeLong(atMicros);
          for (String text : List.of("grace", kind, "run-1", payload)) {
            prefixed(out, text);
          }
          out.write(HexFormat.of().parseHex(head));
        });
    String hash = hex(sha256(message));
    lines.add(
        "{\"index\":%d,\"epoch\":%d,\"at\":%d,\"actor\":\"grace\",\"kind\":\"%s\",\"subject\":\"run-1\","
                .formatted(index, epoch, atMicros, kind)
            + "\"payload\":\"%s\",\"previous\":\"%s\",\"hash\":\"%s\"}"
                .formatted(payload.replace("\"", "\\\""), head, hash));
    head = hash;
    return this;
  }

  Forge rotate(Ed25519PrivateKeyParameters signer, Ed25519PrivateKeyParameters next) {
    byte[] raw = next.generatePublicKey().getEncoded();
    byte[] message =
        bytes(out -> {
          tagged(out, "grace-rotation-v1\n", journalId);
          out.write(raw);
        });
    return entry(
        "key.rotated",
        "{\"journalId\":\"%s\",\"newKeyId\":\"%s\",\"newPublicKey\":\"%s\",\"signature\":\"%s\"}"
            .formatted(journalId, id(next), publicText(next), sign(signer, message)));
  }

  Forge checkpoint(Ed25519PrivateKeyParameters key) {
    lines.add(
        "{\"checkpoint\":%d,\"head\":\"%s\",\"at\":%d,\"keyId\":\"%s\",\"signature\":\"%s\"}"
            .formatted(index, head, atMicros, id(key), signature(key)));
    checkpoints++;
    return this;
  }

  HeldCheckpoint held(Ed25519PrivateKeyParameters key) {
    return new HeldCheckpoint(
        journalId, new RawCheckpoint(index, head, atMicros, id(key), signature(key)));
  }

  private String signature(Ed25519PrivateKeyParameters key) {
    return sign(
        key,
        bytes(out -> {
          tagged(out, "grace-checkpoint-v1\n", journalId);
          out.writeLong(index);
          out.write(HexFormat.of().parseHex(head));
          out.writeLong(atMicros);
          prefixed(out, id(key));
        }));
  }

  /// The export, with an honest footer.
  List<String> export() {
    List<String> all = new ArrayList<>(lines);
    all.add("{\"entries\":" + index + ",\"checkpoints\":" + checkpoints + "}");
    return all;
  }

  static Verdict verify(List<String> lines, Trust trust) {
    return verify((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8), trust);
  }

  static Verdict verify(byte[] export, Trust trust) {
    try {
      return Verifier.verify(
          new JsonLinesSource(() -> new ByteArrayInputStream(export)), trust, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void tagged(DataOutputStream out, String tag, String text) throws IOException {
    out.write(tag.getBytes(StandardCharsets.UTF_8));
    prefixed(out, text);
  }

  private static void prefixed(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String sign(Ed25519PrivateKeyParameters key, byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return Base64.getEncoder().encodeToString(signer.generateSignature());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
