package io.grace.core.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 digest in lower-case hexadecimal, 64 characters. *Immutable.*
public record Hash(String value) implements Comparable<Hash> {
  private static final int LENGTH = 64;
  private static final boolean[] LOWER_HEX = new boolean['f' + 1];

  static {
    "0123456789abcdef".chars().forEach(c -> LOWER_HEX[c] = true);
  }

  public Hash {
    if (value.length() != LENGTH || !isLowerHex(value)) {
      throw new IllegalArgumentException("hash must be 64 lower-case hex digits: " + value);
    }
  }

  public static Hash of(byte[] digest) {
    return new Hash(HexFormat.of().formatHex(digest));
  }

  /// The digest of a text in UTF-8.
  public static Hash sha256(String text) {
    return of(newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public int compareTo(Hash other) {
    return value.compareTo(other.value);
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(value);
  }

  /// Where it lies among all hashes, in [0, 1): as good as chance, and always the same.
  public double share() {
    return Integer.parseUnsignedInt(value.substring(0, 7), 16) / (double) (1 << 28);
  }

  /// The first twelve digits: enough for a person to compare.
  public String brief() {
    return value.substring(0, 12);
  }

  /// By a table: which digit comes next cannot be predicted, and a processor would guess at each.
  private static boolean isLowerHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= LOWER_HEX.length || !LOWER_HEX[c]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
