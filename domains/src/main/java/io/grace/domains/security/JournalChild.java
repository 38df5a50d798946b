package io.grace.domains.security;

import io.grace.runtime.process.Ending;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows journald through `journalctl -o json -f` as a child process, started again when it ends.
/// *Guarded by the domain's lock.*
final class JournalChild implements LineSource {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final List<String> command;
  private final Lines lines = new Lines();
  private final byte[] buffer = new byte[64 * 1024];
  private Optional<Process> child = Optional.empty();

  /// @param program usually `journalctl`
  /// @param units which are followed; all if empty
  JournalChild(String program, List<String> units) {
    List<String> words = new ArrayList<>(List.of(program, "-o", "json", "-f", "-n", "0"));
    units.forEach(unit -> words.addAll(List.of("-u", unit)));
    this.command = List.copyOf(words);
  }

  @Override
  public void poll(Sink sink) throws IOException {
    if (child.isEmpty()) {
      lines.clear();
      child = Optional.of(start());
    }
    Process process = child.orElseThrow();
    boolean isAlive = process.isAlive();
    InputStream output = process.getInputStream();
    int left = MOST_BYTES;
    while (left > 0 && output.available() > 0) {
      int read = output.read(buffer, 0, Math.min(buffer.length, output.available()));
      if (read <= 0) {
        break;
      }
      left -= read;
      lines.take(buffer, read, sink);
    }
    if (!isAlive && output.available() == 0) {
      close();
      throw new IOException(command.getFirst() + " ended with " + process.exitValue());
    }
  }

  private Process start() throws IOException {
    var builder = new ProcessBuilder(command);
    builder.redirectInput(new File("/dev/null"));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  @Override
  public long behind() {
    try {
      return child.isPresent() ? child.get().getInputStream().available() : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  @Override
  public void close() {
    child.ifPresent(process -> {
      try {
        Ending.end(List.of(process.toHandle()), GRACE);
      } catch (InterruptedException _) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    });
    child = Optional.empty();
  }
}
