package io.grace.domains.knowledge;

import io.grace.core.memory.DomainId;
import io.grace.core.memory.Forgetting;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Sensitivity;
import io.grace.core.model.Hash;
import io.grace.runtime.domain.Recollection;
import io.grace.runtime.memory.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Remembers the threat patterns that the library holds, each once, and forgets those that it holds
/// no more. Others are told them by the memory broker and by nothing else. *Thread-safe.*
final class PatternMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PatternMemory.class);

  /// Of all documents; whoever has more keeps them as rules.
  static final int MOST = 500;

  /// What memories are asked for by; the word before what says where a pattern stands.
  static final String CONTEXT = "threat_pattern";

  static final String DOCUMENT = "document:";

  private static final Duration EVERY = Duration.ofSeconds(2);

  /// With [#EVERY] at most 90 requests a minute; the domain has 200.
  private static final int MOST_A_LOOK = 3;

  /// Whatever is asked of the broker is answered within 5 s.
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(6);

  private final Path file;
  private final Library library;
  private final Recollection memories;
  private final ToDoubleFunction<String> trust;

  /// By id of a memory, whether it was remembered, or only is about to be: noted before it is asked
  /// for, so that after a crash in between nothing is remembered that nobody would forget. Owned by
  /// the thread.
  private final Map<String, Boolean> noted;

  private long seen = -1;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);

  private record Notes(Map<String, Boolean> memories) {}

  private record Pattern(String content, Set<String> context, double trust) {}

  /// @param trust of a source, now
  PatternMemory(Path file, Library library, Recollection memories, ToDoubleFunction<String> trust) {
    this.file = file;
    this.library = library;
    this.memories = memories;
    this.trust = trust;
    this.noted = new TreeMap<>(read(file).memories());
    this.thread = Thread.ofVirtual().name("knowledge patterns").unstarted(this::keep);
  }

  void start() {
    thread.start();
  }

  private static Notes read(Path file) {
    try {
      if (Files.exists(file)) {
        return Kept.JSON.readValue(Files.readAllBytes(file), Notes.class);
      }
    } catch (IOException | JacksonException e) {
      LOG.atWarn().setCause(e).log("what is remembered of threat patterns is remembered again");
    }
    return new Notes(Map.of());
  }

  private void keep() {
    try {
      do {
        long now = library.changes();
        if (now != seen && look()) {
          seen = now;
        }
      } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("threat patterns are remembered no more until a restart");
    }
  }

  /// @return whether nothing is left to be done
  private boolean look() throws InterruptedException {
    try {
      Map<String, Pattern> wanted = wanted();
      return forget(wanted.keySet()) && remember(wanted);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("it could not be noted what is remembered; tried again");
      return false;
    }
  }

  /// By id. What stands in several documents is worth as much as the best of them.
  private Map<String, Pattern> wanted() {
    Map<String, Pattern> wanted = new TreeMap<>();
    for (Item item : library.all()) {
      for (String content : item.patterns()) {
        String id = Memory.id(DomainId.KNOWLEDGE, MemoryType.SEMANTIC, content).value();
        if (wanted.size() < MOST || wanted.containsKey(id)) {
          var pattern = new Pattern(content, context(item), trust.applyAsDouble(item.source()));
          wanted.merge(id, pattern, (one, other) -> one.trust < other.trust ? other : one);
        }
      }
    }
    return wanted;
  }

  private static Set<String> context(Item item) {
    String id = item.id().replaceAll("\\p{Cntrl}", "?");
    int room = Memory.LONGEST_CONTEXT - DOCUMENT.length();
    // The end of a path says more than its beginning.
    return Set.of(CONTEXT, DOCUMENT + id.substring(Math.max(0, id.length() - room)));
  }

  private boolean remember(Map<String, Pattern> wanted) throws InterruptedException, IOException {
    int asked = 0;
    for (Map.Entry<String, Pattern> one : wanted.entrySet()) {
      if (noted.getOrDefault(one.getKey(), false)) {
        continue;
      }
      if (asked++ == MOST_A_LOOK) {
        return false;
      }
      note(one.getKey(), false);
      Pattern pattern = one.getValue();
      Answer answer =
          memories.remember(
              MemoryType.SEMANTIC,
              Sensitivity.ORDINARY,
              pattern.content,
              pattern.context,
              pattern.trust,
              Optional.empty());
      if (!(answer instanceof Answer.Kept)) {
        LOG.atDebug().addKeyValue("answer", answer).log("a threat pattern is not remembered yet");
        return false;
      }
      note(one.getKey(), true);
    }
    return true;
  }

  private boolean forget(Set<String> wanted) throws InterruptedException, IOException {
    List<String> gone = new ArrayList<>(noted.keySet());
    gone.removeAll(wanted);
    gone = gone.subList(0, Math.min(gone.size(), Forgetting.MOST));
    if (gone.isEmpty()) {
      return true;
    }
    Answer answer =
        memories.forget(gone.stream().map(Hash::new).toList(), "no document holds it any more");
    if (!(answer instanceof Answer.Forgot)) {
      LOG.atDebug().addKeyValue("answer", answer).log("a threat pattern is not forgotten yet");
      return false;
    }
    gone.forEach(noted::remove);
    Kept.write(file, new Notes(noted));
    return true;
  }

  private void note(String id, boolean isRemembered) throws IOException {
    Boolean before = noted.put(id, isRemembered);
    if (before == null || before != isRemembered) {
      Kept.write(file, new Notes(noted));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      // Not interrupted: that would close the files in which memories are being written.
      boolean _ = thread.join(ENDS_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
