package io.grace.cli.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The hash of an entry, computed a second time and by other code than the writer's.
///
/// The format stands at [io.grace.core.entry.Entry]. Bytes are gathered in one buffer that is
/// reused.
final class ChainHash {
  private static final int HASH = 32;
  private static final byte[] ENTRY_TAG = ascii("grace-entry-v1\n");
  private static final byte[] GENESIS_TAG = ascii("grace-genesis-v1\n");

  private final MessageDigest digest = sha256();
  private byte[] bytes = new byte[8192];
  private int end;

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] genesis(String journalId) {
    end = 0;
    raw(GENESIS_TAG);
    prefixed(journalId.getBytes(StandardCharsets.UTF_8));
    return finish();
  }

  /// @param previous the raw bytes of the hash before it
  byte[] of(RawEntry entry, byte[] previous) {
    end = 0;
    raw(ENTRY_TAG);
    number(entry.index());
    number(entry.epoch());
    number(entry.atMicros());
    prefixed(entry.actor());
    prefixed(entry.kind());
    prefixed(entry.subject());
    prefixed(entry.payload());
    raw(previous);
    return finish();
  }

  private byte[] finish() {
    digest.update(bytes, 0, end);
    return digest.digest();
  }

  private void raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, end, more.length);
    end += more.length;
  }

  private void prefixed(byte[] text) {
    room(Integer.BYTES + text.length);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[end++] = (byte) (text.length >> shift);
    }
    System.arraycopy(text, 0, bytes, end, text.length);
    end += text.length;
  }

  private void number(long value) {
    room(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[end++] = (byte) (value >> shift);
    }
  }

  private void room(int more) {
    if (bytes.length - end < more) {
      bytes = Arrays.copyOf(bytes, 2 * (end + more));
    }
  }

  /// Whether a text is exactly the lower-case hexadecimal form of these bytes, and they are 32.
  static boolean isHexOf(byte[] text, byte[] hash) {
    if (text.length != 2 * HASH || hash.length != HASH) {
      return false;
    }
    int differences = 0;
    for (int i = 0; i < HASH; i++) {
      differences |= text[2 * i] ^ digit(hash[i] >> 4);
      differences |= text[2 * i + 1] ^ digit(hash[i]);
    }
    return differences == 0;
  }

  private static int digit(int nibble) {
    int value = nibble & 0xf;
    return value < 10 ? '0' + value : 'a' + value - 10;
  }

  /// The bytes of a hash in strict lower-case hexadecimal; empty for anything else.
  static byte[] parse(byte[] text) {
    if (text.length != 2 * HASH) {
      return new byte[0];
    }
    byte[] hash = new byte[HASH];
    for (int i = 0; i < HASH; i++) {
      int high = value(text[2 * i]);
      int low = value(text[2 * i + 1]);
      if (high < 0 || low < 0) {
        return new byte[0];
      }
      hash[i] = (byte) (high << 4 | low);
    }
    return hash;
  }

  private static int value(byte c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
