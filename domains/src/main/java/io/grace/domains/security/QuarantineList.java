package io.grace.domains.security;

import io.grace.domains.security.Subject.Kind;
import io.grace.domains.security.sigma.AddressRange;
import io.grace.domains.security.sigma.Unusable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The list of who is isolated, in a file that is forced before anybody is told. Each entry carries
/// the step of the run that put it there, so that an undo releases what that step isolated and
/// nothing else. *Thread-safe.*
final class QuarantineList {
  /// More is not isolation but a closed door; a person must look.
  static final int MOST = 10_000;

  /// Each request is compared with each of them.
  static final int MOST_NETWORKS = 256;

  private static final String HELD = "+";
  private static final String RELEASED = "-";

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();

  /// Of the file, as far as it was forced; guarded by the lock.
  private long length;

  /// Replaced as a whole by whoever holds the lock, so that readers never wait.
  private volatile Held held = new Held(Map.of(), Map.of());

  private QuarantineList(Path file) {
    this.file = file;
  }

  /// One who is isolated.
  ///
  /// @param batch the run and step that did it, such as `r-17/0`
  record Entry(Subject subject, String batch, Instant at, String why) {}

  private record Held(Map<Subject, Entry> entries, Map<Subject, AddressRange> networks) {
    static Held of(Map<Subject, Entry> entries) {
      Map<Subject, AddressRange> networks = new LinkedHashMap<>();
      for (Subject subject : entries.keySet()) {
        range(subject).ifPresent(range -> networks.put(subject, range));
      }
      return new Held(Map.copyOf(entries), Map.copyOf(networks));
    }
  }

  static Optional<AddressRange> range(Subject subject) {
    try {
      return subject.kind() == Kind.NETWORK
          ? Optional.of(AddressRange.of(subject.value()))
          : Optional.empty();
    } catch (Unusable _) {
      return Optional.empty();
    }
  }

  /// Opens the list and makes it if there is none.
  ///
  /// @throws IOException if it cannot be read, or is no such list
  static QuarantineList open(Path file) throws IOException {
    var list = new QuarantineList(file);
    if (Files.exists(file)) {
      Map<Subject, Entry> entries = new LinkedHashMap<>();
      // The end of a line that a crash cut was never told to anybody.
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      for (String line : whole.lines().toList()) {
        list.replay(line, entries);
      }
      list.held = Held.of(entries);
    }
    list.compact();
    return list;
  }

  private void replay(String line, Map<Subject, Entry> entries) throws IOException {
    String[] parts = line.split("\t", -1);
    try {
      Subject subject = new Subject(Kind.valueOf(parts[2]), parts[3]);
      switch (parts[0]) {
        case HELD ->
            entries.putIfAbsent(
                subject, new Entry(subject, parts[1], Instant.parse(parts[4]), parts[5]));
        case RELEASED -> entries.remove(subject);
        default -> throw new IOException(file + " is no quarantine: " + line);
      }
    } catch (RuntimeException e) {
      throw new IOException(file + " is no quarantine: " + line, e);
    }
  }

  private void compact() throws IOException {
    StringBuilder text = new StringBuilder();
    held.entries.values().forEach(entry -> text.append(line(HELD, entry)));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, text.toString());
      length = channel.position();
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(file.resolveSibling("."));
  }

  private static String line(String what, Entry entry) {
    return String.join(
            "\t",
            what,
            entry.batch,
            entry.subject.kind().name(),
            entry.subject.value(),
            entry.at.toString(),
            entry.why.replaceAll("\\p{Cntrl}", " "))
        + "\n";
  }

  private static void forceDirectory(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  /// Adds who is not there yet. Durable when it returns; all or none.
  ///
  /// @return who is new
  /// @throws IOException if it could not be made durable, or the list is full
  List<Entry> hold(List<Entry> wanted) throws IOException {
    lock.lock();
    try {
      Map<Subject, Entry> entries = new LinkedHashMap<>(held.entries);
      List<Entry> fresh = new ArrayList<>();
      for (Entry entry : wanted) {
        if (entries.putIfAbsent(entry.subject, entry) == null) {
          fresh.add(entry);
        }
      }
      Held next = Held.of(entries);
      if (entries.size() > MOST || next.networks.size() > MOST_NETWORKS) {
        throw new IOException(
            "the quarantine is full: at most " + MOST + ", of them " + MOST_NETWORKS + " networks");
      }
      append(HELD, fresh);
      held = next;
      return List.copyOf(fresh);
    } finally {
      lock.unlock();
    }
  }

  /// Releases whoever fits. Durable when it returns; all or none.
  ///
  /// @return who was released
  List<Entry> release(Predicate<Entry> fits) throws IOException {
    lock.lock();
    try {
      List<Entry> gone = held.entries.values().stream().filter(fits).toList();
      append(RELEASED, gone);
      Map<Subject, Entry> entries = new LinkedHashMap<>(held.entries);
      gone.forEach(entry -> entries.remove(entry.subject));
      held = Held.of(entries);
      return gone;
    } finally {
      lock.unlock();
    }
  }

  private void append(String what, List<Entry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(line(what, entry)));
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // What an append that failed left behind goes first.
      channel.truncate(length).position(length);
      write(channel, text.toString());
      length = channel.position();
    }
  }

  boolean holds(Subject subject) {
    return held.entries.containsKey(subject)
        || (subject.kind() == Kind.CALLER && network(subject.value()).isPresent());
  }

  /// The network by which a caller is blocked.
  Optional<Subject> network(String caller) {
    for (Map.Entry<Subject, AddressRange> network : held.networks.entrySet()) {
      if (network.getValue().holds(caller)) {
        return Optional.of(network.getKey());
      }
    }
    return Optional.empty();
  }

  List<Entry> entries() {
    return List.copyOf(held.entries.values());
  }
}
