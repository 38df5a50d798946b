package io.grace.domains;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import io.grace.core.event.Event;
import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.loop.Command;
import io.grace.core.spi.Secrets;
import io.grace.core.state.Snapshot;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.journal.projection.Archive.RunFilter;
import io.grace.runtime.journal.projection.Archive.RunRow;
import io.grace.runtime.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// A whole GRACE with domains in it, on the real clock, for tests that break one and watch the loop
/// heal it.
public final class Living implements AutoCloseable {
  /// Autonomous, and in no hurry to call people: for domains of which much is broken at once.
  public static final String LENIENT =
      """
      mode: autonomous
      limits: {proposals_per_hour: 20, blast_radius: 50, blast_radius_percent: 100, broken: 50, broken_percent: 100, attempts: 10, reopen_within: 0s}
      """;

  /// Far more than any of them needs, so that a busy machine does not decide.
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private static final Duration STEP = Duration.ofMillis(20);
  private static final int LONGEST_LINE = 400;

  private final Node node;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  private Living(Node node) {
    this.node = node;
    node.listen(events::addAll);
  }

  /// Changes are welcome at any time, unless the text says otherwise: no test waits for Monday.
  ///
  /// @param directory where the configuration is written and everything is kept
  /// @param text of `grace.yaml`, without its first line
  public static Living start(Path directory, String text) throws Exception {
    return start(directory, text, _ -> Optional.empty());
  }

  public static Living start(Path directory, String text, Secrets secrets) throws Exception {
    var config = config(directory, text);
    return new Living(
        Node.start(config, secrets, InstantSource.system(), new SplittableRandom(1), "test"));
  }

  public static Config config(Path directory, String text) throws IOException {
    Path file = directory.resolve("grace.yaml");
    String calendar = text.contains("calendar:") ? "" : "calendar: {change_windows: always}\n";
    Files.writeString(file, "apiVersion: grace/v1\n" + calendar + text);
    var loaded = ConfigLoader.load(file, Map.of());
    return assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString()).config();
  }

  public Node node() {
    return node;
  }

  public <D extends Domain> D domain(Class<D> type) {
    return node.domain(type).orElseThrow();
  }

  /// What became durable in this life, in order.
  public List<Event> heard() {
    return List.copyOf(events);
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

  /// Waits until it holds, and fails with what the journal tells if it never does.
  public void await(String what, BooleanSupplier holds) {
    until(what, _ -> holds.getAsBoolean());
  }

  /// Waits until it is so, and fails with what the journal tells if it never is.
  public void until(String what, Predicate<Snapshot> isSo) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isSo.test(node.snapshot())) {
      if (System.nanoTime() > deadline) {
        fail("never " + what + "; " + story());
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  /// Waits until a run of this playbook on this node has succeeded.
  public RunRow healed(String service, String playbook) throws Exception {
    until(service + " healed by " + playbook, _ -> find(service, playbook).isPresent());
    return find(service, playbook).orElseThrow();
  }

  /// Whether a run of this playbook on this node ended so, such as `rejected`.
  public boolean ended(String service, String playbook, String phase) throws Exception {
    return runs(service, Optional.of(playbook)).stream().anyMatch(r -> r.phase().equals(phase));
  }

  /// Agrees to the open proposals of this playbook, as a person would.
  public void approve(String playbook) throws InterruptedException {
    for (var run : node.snapshot().runs().values()) {
      if (run.facts().plan().playbook().value().equals(playbook)) {
        var hash = run.facts().proposal().hash();
        var approve =
            new Command.Approve(run.facts().id(), hash, ApprovalScope.PLAN, "ann", "looked");
        node.loop().ask(approve, LIMIT);
      }
    }
  }

  private Optional<RunRow> find(String service, String playbook) {
    try {
      return runs(service, Optional.of(playbook)).stream()
          .filter(run -> run.phase().equals("succeeded"))
          .findFirst();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<RunRow> runs(String service, Optional<String> playbook) throws Exception {
    return node.archive()
        .runs(RunFilter.ALL, Optional.of(service), playbook, Instant.EPOCH, Optional.empty(), 50);
  }

  /// What the journal tells of this life, and how everything is now.
  public String story() {
    var text = new StringBuilder("health " + node.snapshot().health());
    for (Event event : events) {
      String line = event.toString();
      text.append("\n  ").append(line, 0, Math.min(line.length(), LONGEST_LINE));
    }
    return text.toString();
  }

  @Override
  public void close() throws Exception {
    node.close();
  }
}
