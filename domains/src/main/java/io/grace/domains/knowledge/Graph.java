package io.grace.domains.knowledge;

import io.grace.domains.knowledge.Edge.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Who is related to whom, each with who says so, in a log that only grows until it is compacted.
/// *Thread-safe.*
final class Graph implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Graph.class);

  static final int MAX_CLAIMS = 100_000;

  /// Ten versions of everything; then nothing is learned until it is compacted.
  static final int MAX_LINES = 1_000_000;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  /// By who says so; guarded by the lock, as all below.
  private final Map<String, Set<Edge>> claims = new LinkedHashMap<>();

  private FileChannel log;
  private int lines;
  private int live;

  /// One line of the log: all that somebody says, in place of what they said before.
  record Line(String by, List<Edge> says) {}

  private Graph(Path file, FileChannel log) {
    this.file = file;
    this.log = log;
  }

  /// A line that cannot be read ends what is taken over: it was cut by a crash.
  static Graph open(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    var graph = new Graph(file, channel);
    long sound = 0;
    byte[] bytes = Files.readAllBytes(file);
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        try {
          graph.take(Kept.JSON.readValue(bytes, from, at - from, Line.class));
        } catch (JacksonException | IllegalArgumentException e) {
          LOG.atWarn().setCause(e).addKeyValue("file", file).log("the graph's log was cut");
          break;
        }
        from = at + 1;
        sound = from;
      }
    }
    channel.truncate(sound);
    channel.position(sound);
    return graph;
  }

  /// What somebody says from now on; nothing new is no news, and no line.
  ///
  /// @throws IOException if it cannot be kept, or the graph is full
  void learn(String by, List<Edge> says) throws IOException {
    lock.lock();
    try {
      Set<Edge> before = claims.getOrDefault(by, Set.of());
      Set<Edge> after = new LinkedHashSet<>(says);
      if (before.equals(after)) {
        return;
      }
      if (live - before.size() + after.size() > MAX_CLAIMS || lines + after.size() > MAX_LINES) {
        throw new IOException(
            "the graph is full: " + live + " claims in " + lines + " lines; compact it");
      }
      var line = new Line(by, List.copyOf(after));
      append(log, line);
      take(line);
    } finally {
      lock.unlock();
    }
  }

  private static void append(FileChannel log, Line line) throws IOException {
    byte[] text = (Kept.JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    for (var buffer = ByteBuffer.wrap(text); buffer.hasRemaining(); ) {
      log.write(buffer);
    }
  }

  private void take(Line line) {
    live -= claims.getOrDefault(line.by(), Set.of()).size();
    lines += Math.max(1, line.says().size());
    if (line.says().isEmpty()) {
      claims.remove(line.by());
    } else {
      claims.put(line.by(), new LinkedHashSet<>(line.says()));
      live += claims.getOrDefault(line.by(), Set.of()).size();
    }
  }

  /// Claims that hold.
  int live() {
    return locked(() -> live);
  }

  /// Claims that were ever made since the log was compacted.
  int lines() {
    return locked(() -> lines);
  }

  int nodes() {
    return locked(() -> {
      var nodes = new HashSet<Node>();
      claims
          .values()
          .forEach(says ->
              says.forEach(edge -> {
                nodes.add(edge.from());
                nodes.add(edge.to());
              }));
      return nodes.size();
    });
  }

  /// Everything that touches a node, with who says so.
  Map<Edge, Set<String>> around(Node node) {
    return locked(() -> {
      var found = new LinkedHashMap<Edge, Set<String>>();
      claims.forEach((by, says) -> {
        for (Edge edge : says) {
          if (edge.from().equals(node) || edge.to().equals(node)) {
            found.computeIfAbsent(edge, _ -> new TreeSet<>()).add(by);
          }
        }
      });
      return found;
    });
  }

  /// All that is said, by who says so.
  Map<String, Set<Edge>> all() {
    return locked(() -> {
      var copy = new LinkedHashMap<String, Set<Edge>>();
      claims.forEach((by, says) -> copy.put(by, Set.copyOf(says)));
      return copy;
    });
  }

  /// Writes the log anew with nothing but what holds, and forgets those who are not known any more.
  ///
  /// @param known who may still say something
  /// @return how many claims of the log were dropped
  int compact(Set<String> known) throws IOException {
    lock.lock();
    try {
      int before = lines;
      var kept = new LinkedHashMap<>(claims);
      kept.keySet().retainAll(known);
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      var fresh =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      var held = new ArrayList<Line>();
      for (var one : kept.entrySet()) {
        var line = new Line(one.getKey(), List.copyOf(one.getValue()));
        append(fresh, line);
        held.add(line);
      }
      fresh.force(true);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      log.close();
      log = fresh;
      claims.clear();
      lines = 0;
      live = 0;
      held.forEach(this::take);
      return before - lines;
    } finally {
      lock.unlock();
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

  @Override
  public void close() {
    lock.lock();
    try {
      log.force(true);
      log.close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("the graph's log did not close in order");
    } finally {
      lock.unlock();
    }
  }
}
