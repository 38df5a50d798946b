package io.grace.domains.disk;

import io.grace.core.govern.Warrant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What a step found before it changed it, so that its undo gives back just that, also after a
/// restart. *Thread-safe.*
public final class Deeds {
  /// An undo comes within the hour that a run may last.
  private static final int MOST = 1_000;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  /// Oldest first; guarded by the lock.
  private final Map<String, String> before = new LinkedHashMap<>();

  private Deeds(Path file) {
    this.file = file;
  }

  public static Deeds open(Path file) throws IOException {
    var deeds = new Deeds(file);
    if (Files.exists(file)) {
      for (String line : new String(WholeFile.read(file), StandardCharsets.UTF_8).split("\n")) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          deeds.before.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    }
    return deeds;
  }

  /// Durable when it returns.
  ///
  /// @param found without line breaks
  public void remember(Warrant warrant, String found) throws IOException {
    lock.lock();
    try {
      before.put(key(warrant), found.replace('\n', ' '));
      var oldest = before.entrySet().iterator();
      while (before.size() > MOST) {
        oldest.next();
        oldest.remove();
      }
      var text = new StringBuilder();
      before.forEach((k, v) -> text.append(k).append('\t').append(v).append('\n'));
      WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    } finally {
      lock.unlock();
    }
  }

  /// What the step that this undoes found; empty if it changed nothing.
  public Optional<String> found(Warrant undo) {
    lock.lock();
    try {
      return Optional.ofNullable(before.get(key(undo)));
    } finally {
      lock.unlock();
    }
  }

  private static String key(Warrant warrant) {
    return warrant.run() + "/" + warrant.step();
  }
}
