package io.grace.domains.transcendence;

import io.grace.domains.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The shelf: one file for each draft, apart from every directory that a configuration is read
/// from. *Thread-safe.*
final class Drafts {
  /// Nobody reads more.
  private static final int MOST = 500;

  private static final String ENDING = ".draft";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();

  private Drafts(Path directory) {
    this.directory = directory;
  }

  static Drafts open(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new Drafts(directory);
  }

  /// What lies on the shelf as it is now.
  ///
  /// @param whole by id
  /// @param torn files that are not what was written
  record Shelf(Map<String, Draft> whole, List<Path> torn) {}

  Shelf read() throws IOException {
    lock.lock();
    try (var files = Files.list(directory)) {
      var whole = new TreeMap<String, Draft>();
      var torn = new ArrayList<Path>();
      for (Path file : files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList()) {
        Optional<Draft> draft = read(file);
        draft.ifPresentOrElse(d -> whole.put(d.id(), d), () -> torn.add(file));
      }
      return new Shelf(Map.copyOf(whole), List.copyOf(torn));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Draft> read(Path file) throws IOException {
    try {
      var draft = JSON.readValue(WholeFile.read(file), Draft.class);
      return Optional.of(draft).filter(d -> file(d.id()).equals(file));
    } catch (WholeFile.Torn | JacksonException _) {
      return Optional.empty();
    }
  }

  private Path file(String id) {
    return directory.resolve(id + ENDING);
  }

  /// Newest first.
  List<Draft> all() throws IOException {
    return read().whole().values().stream()
        .sorted(Comparator.comparing(Draft::at).reversed().thenComparing(Draft::id))
        .toList();
  }

  /// @throws IOException if there is no room, or it could not be written
  void put(Draft draft) throws IOException {
    lock.lock();
    try {
      if (!Files.exists(file(draft.id())) && read().whole().size() >= MOST) {
        throw new IOException("the shelf is full: " + MOST + " drafts");
      }
      WholeFile.write(file(draft.id()), JSON.writeValueAsBytes(draft));
    } finally {
      lock.unlock();
    }
  }

  void remove(String id) throws IOException {
    Files.deleteIfExists(file(id));
  }

  /// @return how many
  int removeTorn() throws IOException {
    List<Path> torn = read().torn();
    for (Path file : torn) {
      Files.deleteIfExists(file);
    }
    return torn.size();
  }
}
