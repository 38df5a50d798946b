package io.grace.cli.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// An exported journal, gzipped or not.
///
/// Lines end at a line feed and nowhere else, and one that is too long is not read into memory.
final class JsonLinesSource implements LogSource {
  /// The largest payload has 256 KiB of characters, each up to six bytes when escaped.
  private static final int MAX_LINE = 2 * 1024 * 1024;

  private static final int BUFFER = 1 << 16;

  /// Opens what is to be read.
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  private final Opener opener;

  JsonLinesSource(Opener opener) {
    this.opener = opener;
  }

  @Override
  public void read(LogSink sink) throws IOException {
    try (InputStream raw = new BufferedInputStream(opener.open(), BUFFER);
        InputStream in = unpacked(raw)) {
      ExportOrder ordered = new ExportOrder(sink);
      new Lines(ordered).read(in);
      ordered.finish();
    }
  }

  private static InputStream unpacked(InputStream raw) throws IOException {
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return gzip ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  /// Cuts a stream into lines.
  private static final class Lines {
    private final LogSink sink;
    private final LineParser parser = new LineParser();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
    private long number = 1;
    private boolean tooLong;

    Lines(LogSink sink) {
      this.sink = sink;
    }

    void read(InputStream in) throws IOException {
      byte[] chunk = new byte[BUFFER];
      int got = next(in, chunk);
      while (got >= 0) {
        int start = 0;
        for (int i = 0; i < got; i++) {
          if (chunk[i] == '\n') {
            keep(chunk, start, i);
            end();
            start = i + 1;
          }
        }
        keep(chunk, start, got);
        got = next(in, chunk);
      }
      if (line.size() > 0 || tooLong) {
        sink.unreadable("line " + number, "it has no end, so the file was cut");
        end();
      }
    }

    /// A packed file that was cut or damaged ends where it cannot be unpacked any more.
    private int next(InputStream in, byte[] chunk) throws IOException {
      try {
        return in.read(chunk);
      } catch (ZipException | EOFException e) {
        sink.unreadable("line " + number, "the packed file is damaged: " + e.getMessage());
        return -1;
      }
    }

    private void keep(byte[] chunk, int from, int to) {
      if (line.size() + (to - from) > MAX_LINE) {
        tooLong = true;
        line.reset();
      } else if (!tooLong) {
        line.write(chunk, from, to - from);
      }
    }

    private void end() {
      String where = "line " + number;
      if (tooLong) {
        sink.unreadable(where, "it is longer than " + MAX_LINE + " bytes");
      } else {
        parser.parse(line.toByteArray(), where, sink);
      }
      tooLong = false;
      line.reset();
      number++;
    }
  }
}
