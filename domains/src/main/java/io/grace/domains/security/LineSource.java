package io.grace.domains.security;

import java.io.IOException;

/// Where lines of a log come from. *Guarded by the domain's lock.*
interface LineSource extends AutoCloseable {
  /// More per round waits for the next one.
  int MOST_BYTES = 8 * 1024 * 1024;

  /// A longer line is cut off: what follows in it is skipped.
  int LONGEST_LINE = 1024 * 1024;

  /// Takes in one line.
  @FunctionalInterface
  interface Sink {
    /// @param bytes valid until it returns
    void line(byte[] bytes, int offset, int length);
  }

  /// Reads what came since, without waiting for more.
  ///
  /// @throws IOException if it cannot be read now; it may be tried again
  void poll(Sink sink) throws IOException;

  /// How many bytes are known to wait.
  long behind();

  @Override
  void close();
}
