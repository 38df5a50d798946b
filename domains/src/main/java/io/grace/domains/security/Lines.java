package io.grace.domains.security;

import java.util.Arrays;

/// Cuts a stream of bytes into lines. *Owned by its source.*
final class Lines {
  private byte[] rest = new byte[8_192];
  private int used;
  private boolean isSkipping;

  /// @param sink told of each line that is complete
  void take(byte[] bytes, int length, LineSource.Sink sink) {
    int begin = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        end(bytes, begin, i, sink);
        begin = i + 1;
      }
    }
    keep(bytes, begin, length);
  }

  private void end(byte[] bytes, int begin, int end, LineSource.Sink sink) {
    if (used == 0 && !isSkipping) {
      sink.line(bytes, begin, end - begin);
      return;
    }
    keep(bytes, begin, end);
    if (!isSkipping) {
      sink.line(rest, 0, used);
    }
    clear();
  }

  private void keep(byte[] bytes, int begin, int end) {
    int length = end - begin;
    if (used + length > LineSource.LONGEST_LINE) {
      isSkipping = true;
      used = 0;
    }
    if (isSkipping || length == 0) {
      return;
    }
    if (used + length > rest.length) {
      rest = Arrays.copyOf(rest, Math.max(used + length, 2 * rest.length));
    }
    System.arraycopy(bytes, begin, rest, used, length);
    used += length;
  }

  /// How many bytes of a line are there whose end is not.
  int pending() {
    return used;
  }

  void clear() {
    used = 0;
    isSkipping = false;
  }
}
