package io.grace.domains.ml;

import io.grace.domains.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What one job laid down, the newest few; each appears all at once and carries its SHA-256, so one
/// that a dying disk or a careless hand has cut is known for what it is. *Owned by one thread at a
/// time.*
final class Checkpoints {
  /// The newest may be torn, and the one before it with it.
  private static final int KEEP = 3;

  private static final String PREFIX = "checkpoint-";
  private static final String TORN = ".torn";

  private final Path directory;

  Checkpoints(Path directory) {
    this.directory = directory;
  }

  void write(int epochs, byte[] bytes) throws IOException {
    WholeFile.write(directory.resolve("%s%06d".formatted(PREFIX, epochs)), bytes);
    List<Path> all = newestFirst();
    for (Path old : all.subList(Math.min(KEEP, all.size()), all.size())) {
      Files.deleteIfExists(old);
    }
  }

  private List<Path> newestFirst() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(f -> f.getFileName().toString().matches(PREFIX + "\\d{6}"))
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .toList();
    }
  }

  List<Path> torn() throws IOException {
    var torn = new ArrayList<Path>();
    for (Path file : newestFirst()) {
      if (!WholeFile.isWhole(file)) {
        torn.add(file);
      }
    }
    return torn;
  }

  /// The newest that is whole; torn ones are passed over.
  Optional<byte[]> newestWhole() throws IOException {
    for (Path file : newestFirst()) {
      try {
        return Optional.of(WholeFile.read(file));
      } catch (WholeFile.Torn _) {
        // The one before it may be whole.
      }
    }
    return Optional.empty();
  }

  /// Puts torn ones aside, for people to look at.
  ///
  /// @return their names
  List<String> dropTorn() throws IOException {
    var dropped = new ArrayList<String>();
    for (Path file : torn()) {
      String name = file.getFileName().toString();
      Files.move(file, file.resolveSibling(name + TORN), StandardCopyOption.REPLACE_EXISTING);
      dropped.add(name);
    }
    return dropped;
  }
}
