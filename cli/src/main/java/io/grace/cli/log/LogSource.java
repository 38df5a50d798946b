package io.grace.cli.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Where a journal is read from: an exported file, an SQLite file or a PostgreSQL database.
public interface LogSource {
  /// Reads everything, once, from the first entry to the last.
  void read(LogSink sink) throws IOException;

  /// @param location a JDBC URL of PostgreSQL, or a file that says by its first bytes what it is
  /// @throws IOException if there is nothing that could be a journal
  static LogSource at(String location) throws IOException {
    if (location.startsWith("jdbc:postgresql:")) {
      return SqlSource.postgres(location);
    }
    if (location.startsWith("jdbc:")) {
      throw new IOException("a journal's URL must start with jdbc:postgresql: " + location);
    }
    Path file = Path.of(location);
    if (!Files.isRegularFile(file)) {
      throw new IOException("no such file: " + file.toAbsolutePath());
    }
    byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(magic.length), magic)
          ? SqlSource.sqlite(file)
          : new JsonLinesSource(() -> Files.newInputStream(file));
    }
  }
}
