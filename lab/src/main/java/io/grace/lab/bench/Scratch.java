package io.grace.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A directory that is gone when the benchmark is over.
record Scratch(Path path) implements AutoCloseable {
  static Scratch create(String name) throws IOException {
    return new Scratch(Files.createTempDirectory("grace-bench-" + name + "-"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
