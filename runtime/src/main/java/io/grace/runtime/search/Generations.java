package io.grace.runtime.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The directories in which an index is built, one after another, and which of them is current.
/// *Owned by whoever holds the index's lock.*
final class Generations implements AutoCloseable {
  private static final String PREFIX = "generation-";
  private static final String CURRENT = "current";
  private static final String DAMAGED = "damaged";

  private final Path directory;
  private final FileChannel lock;

  /// @throws IOException if another process uses the directory
  Generations(Path directory) throws IOException {
    Files.createDirectories(directory);
    this.directory = directory;
    this.lock =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() == null) {
        throw new IOException("another process uses the index in " + directory);
      }
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw new IOException("the index in " + directory + " is open already", e);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /// What was opened.
  ///
  /// @param damage what was wrong with what should have been opened
  record Opened(Generation generation, Optional<String> damage) {}

  Opened open(Tuning tuning) throws IOException {
    Optional<Path> named = current();
    if (named.isEmpty()) {
      return new Opened(fresh(tuning), Optional.empty());
    }
    try {
      var generation = Generation.open(named.get(), tuning);
      sweep(generation.directory());
      Path mark = generation.directory().resolve(DAMAGED);
      return new Opened(
          generation,
          Files.exists(mark)
              ? Optional.of(Files.readString(mark, StandardCharsets.UTF_8))
              : Optional.empty());
    } catch (IOException e) {
      String damage = "could not be opened and is empty: " + e.getMessage();
      var generation = fresh(tuning);
      Files.writeString(generation.directory().resolve(DAMAGED), damage);
      return new Opened(generation, Optional.of(damage));
    }
  }

  private Generation fresh(Tuning tuning) throws IOException {
    var generation = Generation.begin(next(), tuning, null);
    makeCurrent(generation.directory());
    return generation;
  }

  private Optional<Path> current() throws IOException {
    Path file = directory.resolve(CURRENT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String name = Files.readString(file, StandardCharsets.UTF_8).strip();
    if (!name.matches(PREFIX + "[0-9]+")) {
      throw new IOException(file + " names no generation: " + name);
    }
    return Optional.of(directory.resolve(name));
  }

  /// A directory that is not there yet.
  Path next() throws IOException {
    long newest = all().stream().mapToLong(Generations::number).max().orElse(0);
    return directory.resolve(PREFIX + (newest + 1));
  }

  private List<Path> all() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().matches(PREFIX + "[0-9]{1,18}")).toList();
    }
  }

  private static long number(Path generation) {
    return Long.parseLong(generation.getFileName().toString().substring(PREFIX.length()));
  }

  /// In one step, and durable before anything else is done.
  void makeCurrent(Path generation) throws IOException {
    Path draft = directory.resolve(CURRENT + ".new");
    Files.writeString(draft, generation.getFileName() + "\n", StandardCharsets.UTF_8);
    try (var file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(draft, directory.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
    try (var folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /// Removes all but one.
  void sweep(Path kept) throws IOException {
    for (Path generation : all()) {
      if (!generation.equals(kept)) {
        remove(generation);
      }
    }
  }

  private static void remove(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
