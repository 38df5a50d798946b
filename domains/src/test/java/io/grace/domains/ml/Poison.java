package io.grace.domains.ml;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Makes a bad model of a good one: its output biases are pushed away and every checksum is made
/// right again, so that nothing but its answers gives it away.
final class Poison {
  private static final float PUSH = 40;
  private static final int OUTPUTS = 3;

  private Poison() {}

  static byte[] of(byte[] artifact) {
    var bytes = ByteBuffer.wrap(artifact.clone());
    int head = bytes.getInt(0);
    int bodyAt = Integer.BYTES + head;
    int end = artifact.length - Integer.BYTES;
    for (int i = 1; i <= OUTPUTS; i++) {
      int at = end - i * Float.BYTES;
      bytes.putFloat(at, bytes.getFloat(at) + PUSH);
    }
    var crc = new CRC32();
    crc.update(Arrays.copyOfRange(bytes.array(), bodyAt, end));
    bytes.putInt(end, (int) crc.getValue());
    return bytes.array();
  }
}
