package io.grace.domains.knowledge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// All that was read, one file each, with duplicates marked: what index and graph are made from.
/// *Thread-safe.*
final class Library {
  private static final Logger LOG = LoggerFactory.getLogger(Library.class);

  /// What is shown of it fits the index.
  static final int MAX_PASSAGES = 50_000;

  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();

  /// By id; guarded by the lock, as all below.
  private final Map<String, Item> items = new TreeMap<>();

  private final Duplicates duplicates = new Duplicates();
  private final Map<String, List<String>> copies = new TreeMap<>();
  private int passages;

  /// How often anything was put or removed.
  private final AtomicLong changes = new AtomicLong();

  private Library(Path directory) {
    this.directory = directory;
  }

  /// Reads what is there. A damaged file is left out: its source is then read again.
  static Library open(Path directory) throws IOException {
    Files.createDirectories(directory);
    var library = new Library(directory);
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        try {
          Item item = Kept.JSON.readValue(Files.readAllBytes(file), Item.class);
          library.items.put(item.id(), item);
        } catch (JacksonException | IllegalArgumentException e) {
          LOG.atWarn().setCause(e).addKeyValue("file", file).log("a damaged file is read anew");
          Files.delete(file);
        }
      }
    }
    library.items.values().forEach(library::note);
    library.adoptLost();
    return library;
  }

  Optional<Item> find(String source, String path) {
    return locked(() -> Optional.ofNullable(items.get(Item.id(source, path))));
  }

  List<Item> all() {
    return locked(() -> List.copyOf(items.values()));
  }

  List<Item> of(String source) {
    return all().stream().filter(item -> item.source().equals(source)).toList();
  }

  /// Differs from an earlier answer if anything was put or removed since.
  long changes() {
    return changes.get();
  }

  /// Passages, copies included.
  int passages() {
    return locked(() -> passages);
  }

  /// Passages that are to be found.
  int originals() {
    return locked(() -> passages - copies.values().stream().mapToInt(List::size).sum());
  }

  /// How many other passages say the same.
  int copiesOf(String passage) {
    return locked(() -> copies.getOrDefault(passage, List.of()).size());
  }

  /// The sources that hold a copy of a passage.
  List<String> holders(String passage) {
    return locked(() ->
        copies.getOrDefault(passage, List.of()).stream()
            .map(id -> items.get(id.substring(0, id.lastIndexOf('#'))))
            .filter(Objects::nonNull)
            .map(Item::source)
            .toList());
  }

  /// Takes the place of the item with the same id.
  ///
  /// @return every item that changed by it: itself, with its duplicates marked, and those whose
  ///   passages take the place of ones that are gone
  /// @throws IOException if it could not be kept, or there is no room
  List<Item> put(Item item) throws IOException {
    lock.lock();
    try {
      int before =
          Optional.ofNullable(items.get(item.id())).map(i -> i.passages().size()).orElse(0);
      if (passages - before + item.passages().size() > MAX_PASSAGES) {
        throw new IOException("the library is full: " + MAX_PASSAGES + " passages");
      }
      List<String> orphans = forget(item.id());
      orphans.removeIf(id -> id.startsWith(item.id() + "#"));
      var marked = new ArrayList<Passage>();
      for (Passage passage : item.passages()) {
        var copyOf = duplicates.original(passage.text());
        Passage kept = passage.asCopyOf(copyOf);
        marked.add(kept);
        if (copyOf.isEmpty()) {
          duplicates.add(passage.id(), passage.text());
        }
      }
      Item whole = item.with(marked);
      marked.stream().filter(p -> p.copyOf().isEmpty()).forEach(p -> duplicates.remove(p.id()));
      keep(whole);
      var changed = new ArrayList<Item>();
      changed.add(whole);
      changed.addAll(adopt(orphans));
      return changed;
    } finally {
      lock.unlock();
    }
  }

  /// @return items whose passages take the place of ones that are gone
  List<Item> remove(String id) throws IOException {
    lock.lock();
    try {
      List<String> orphans = forget(id);
      orphans.removeIf(orphan -> orphan.startsWith(id + "#"));
      Files.deleteIfExists(file(id));
      changes.incrementAndGet();
      return adopt(orphans);
    } finally {
      lock.unlock();
    }
  }

  private void keep(Item item) throws IOException {
    Kept.write(file(item.id()), item);
    items.put(item.id(), item);
    note(item);
    changes.incrementAndGet();
  }

  private void note(Item item) {
    for (Passage passage : item.passages()) {
      passages++;
      if (passage.copyOf().isPresent()) {
        copies.computeIfAbsent(passage.copyOf().get(), _ -> new ArrayList<>()).add(passage.id());
      } else {
        duplicates.add(passage.id(), passage.text());
      }
    }
  }

  /// @return passages that were copies of what is gone
  private List<String> forget(String id) {
    Item gone = items.remove(id);
    var orphans = new ArrayList<String>();
    for (Passage passage : gone == null ? List.<Passage>of() : gone.passages()) {
      passages--;
      if (passage.copyOf().isPresent()) {
        String original = passage.copyOf().get();
        copies.computeIfPresent(
            original,
            (_, ids) -> {
              ids.remove(passage.id());
              return ids.isEmpty() ? null : ids;
            });
      } else {
        duplicates.remove(passage.id());
        orphans.addAll(Optional.ofNullable(copies.remove(passage.id())).orElse(List.of()));
      }
    }
    return orphans;
  }

  /// Copies whose original is gone are looked at again: the first takes its place.
  private List<Item> adopt(List<String> orphans) throws IOException {
    var changed = new TreeMap<String, Item>();
    for (String orphan : orphans) {
      Item item = items.get(orphan.substring(0, orphan.lastIndexOf('#')));
      if (item == null) {
        continue;
      }
      var renewed = new ArrayList<Passage>();
      for (Passage passage : item.passages()) {
        if (passage.id().equals(orphan)) {
          var copyOf = duplicates.original(passage.text());
          renewed.add(passage.asCopyOf(copyOf));
          if (copyOf.isEmpty()) {
            duplicates.add(orphan, passage.text());
          } else {
            copies.computeIfAbsent(copyOf.get(), _ -> new ArrayList<>()).add(orphan);
          }
        } else {
          renewed.add(passage);
        }
      }
      Item whole = item.with(renewed);
      Kept.write(file(whole.id()), whole);
      items.put(whole.id(), whole);
      changed.put(whole.id(), whole);
    }
    return List.copyOf(changed.values());
  }

  /// After a crash a copy may name an original that is gone.
  private void adoptLost() throws IOException {
    for (String original : List.copyOf(copies.keySet())) {
      if (!duplicates.has(original)) {
        adopt(Optional.ofNullable(copies.remove(original)).orElse(List.of()));
      }
    }
  }

  private Path file(String id) {
    String name = hash(id.getBytes(StandardCharsets.UTF_8));
    return directory.resolve(name.substring(0, 2)).resolve(name + ".json");
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }
}
