package io.grace.cli.client;

import io.grace.cli.host.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The lines of an answer as they arrive. A thread of its own reads, because a read of a silent
/// connection has no limit and waiting for a line must have one. *Owned by the thread that asks.*
public final class LineStream implements AutoCloseable {
  private static final int LONGEST_LINE = 4 << 20;

  /// Enough to keep the reader busy while a line is written.
  private static final int BUFFERED = 256;

  /// What the reader saw.
  public sealed interface Seen {
    record Line(String text) implements Seen {}

    /// The answer is complete.
    record End() implements Seen {}

    /// The connection broke.
    record Broken(String why) implements Seen {}

    /// Nothing came in time.
    record Silence() implements Seen {}
  }

  private final InputStream body;
  private final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(BUFFERED);
  private final Thread reader;

  LineStream(InputStream body) {
    this.body = new BufferedInputStream(body);
    this.reader = Thread.ofVirtual().name("grace-lines").start(this::read);
  }

  /// The next thing seen, after at most `limit`.
  public Seen next(Duration limit) throws Failure {
    try {
      Seen next = seen.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      return next == null ? new Seen.Silence() : next;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.UNREACHABLE, "interrupted while waiting for GRACE", "");
    }
  }

  private void read() {
    try {
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        seen.put(new Seen.Line(line.get()));
      }
      seen.put(new Seen.End());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      broken(why);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void broken(String why) {
    try {
      seen.put(new Seen.Broken(why));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> line() throws IOException {
    var bytes = new ByteArrayOutputStream(256);
    for (int b = body.read(); b >= 0; b = body.read()) {
      if (b == '\n') {
        return Optional.of(text(bytes));
      }
      if (bytes.size() == LONGEST_LINE) {
        throw new IOException("a line has more than " + LONGEST_LINE + " bytes");
      }
      bytes.write(b);
    }
    return bytes.size() == 0 ? Optional.empty() : Optional.of(text(bytes));
  }

  private static String text(ByteArrayOutputStream bytes) {
    String line = bytes.toString(StandardCharsets.UTF_8);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public void close() {
    reader.interrupt();
    try {
      body.close();
    } catch (IOException _) {
      // It is over either way.
    }
  }
}
