package io.grace.domains;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import io.grace.core.event.Event;
import io.grace.core.spi.Secrets;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A whole GRACE with domains, on real files and real time: journal, loop, gate and hands.
public final class RunningNode implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

  /// Autonomous at any hour, and in no hurry to call people.
  private static final String HEAD =
      """
      apiVersion: grace/v1
      mode: autonomous
      calendar: {change_windows: always}
      limits: {proposals_per_hour: 20, blast_radius: 50, blast_radius_percent: 100, broken: 50, broken_percent: 100, attempts: 10, reopen_within: 0s}
      """;

  private final Node node;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  private RunningNode(Node node) {
    this.node = node;
    node.listen(events::addAll);
  }

  /// Starts with what a team would write, below [#HEAD].
  ///
  /// @param directory keeps everything, so that a second start goes on where the first one ended
  public static RunningNode start(Path directory, Secrets secrets, String yaml) throws Exception {
    Path file = directory.resolve("grace.yaml");
    Files.writeString(file, HEAD + yaml);
    var loaded = ConfigLoader.load(file, Map.of());
    var config = assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString()).config();
    return new RunningNode(
        Node.start(config, secrets, InstantSource.system(), new SplittableRandom(1), "test"));
  }

  public static RunningNode start(Path directory, String yaml) throws Exception {
    return start(directory, _ -> Optional.empty(), yaml);
  }

  public Node node() {
    return node;
  }

  public <D extends Domain> D domain(Class<D> type) {
    return node.domain(type).orElseThrow();
  }

  public long outcomes(String outcome) {
    return node.snapshot().counters().outcomes().getOrDefault(outcome, 0L);
  }

  public boolean isCalm() {
    return node.snapshot().runs().isEmpty() && node.snapshot().openIncidents().isEmpty();
  }

  /// Playbooks that were proposed, in order.
  public List<String> proposed() {
    return events.stream()
        .filter(Event.RunProposed.class::isInstance)
        .map(Event.RunProposed.class::cast)
        .map(e -> e.proposal().plan().playbook().value())
        .toList();
  }

  public void await(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail(what + " did not come about; " + story());
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  public String story() {
    var text = new StringBuilder();
    for (Event event : events) {
      String line = event.toString();
      text.append("\n  ").append(line, 0, Math.min(line.length(), 400));
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    try {
      node.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
