package io.grace.domains.temporal;

import io.grace.core.govern.Warrant;
import io.grace.domains.disk.Deeds;
import io.grace.domains.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What was there before a step, a file each, until its undo can no longer come. *Thread-safe* as
/// far as steps have names of their own.
final class Befores {
  /// Far more runs than can be under way at once.
  private static final int KEEP = 20;

  /// What is remembered of a step that found nothing.
  private static final String NOTHING = "nothing";

  private final Path directory;
  private final Deeds deeds;

  Befores(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.deeds = Deeds.open(directory.resolve("deeds"));
  }

  void keep(Warrant warrant, Optional<byte[]> found) throws IOException {
    if (found.isEmpty()) {
      deeds.remember(warrant, NOTHING);
      return;
    }
    String name = "before-" + warrant.run() + "-" + warrant.step();
    WholeFile.write(directory.resolve(name), found.get());
    deeds.remember(warrant, name);
    try (var files = Files.list(directory)) {
      List<Path> all =
          files
              .filter(f -> f.getFileName().toString().startsWith("before-"))
              .sorted(Comparator.comparingLong((Path f) -> f.toFile().lastModified()).reversed())
              .toList();
      for (Path old : all.subList(Math.min(KEEP, all.size()), all.size())) {
        Files.deleteIfExists(old);
      }
    }
  }

  /// Whether the step that this undoes changed anything.
  boolean isKnown(Warrant undo) {
    return deeds.found(undo).isPresent();
  }

  /// Empty if there was nothing before.
  Optional<byte[]> of(Warrant undo) throws IOException {
    String name = deeds.found(undo).orElse(NOTHING);
    return name.equals(NOTHING)
        ? Optional.empty()
        : Optional.of(WholeFile.read(directory.resolve(name)));
  }
}
