package io.grace.domains;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.loop.Command;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.Secrets;
import io.grace.core.state.Snapshot;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
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
import java.util.function.Predicate;

/// A whole GRACE with domains in it, on the real clock, for tests that break one and watch the loop
/// heal it.
public final class Living implements AutoCloseable {
  /// Far more than any of them needs, so that a busy machine does not decide.
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Node node;

  private Living(Node node) {
    this.node = node;
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

  /// Waits until it is so, and fails with what the journal tells if it never is.
  public void until(String what, Predicate<Snapshot> isSo) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isSo.test(node.snapshot())) {
      if (System.nanoTime() > deadline) {
        fail("never " + what + "; " + story());
      }
      Thread.sleep(20);
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

  private String story() throws Exception {
    var state = node.snapshot();
    var text = new StringBuilder("health " + state.health() + "\n");
    state.incidents().values().forEach(i -> text.append(i).append('\n'));
    for (ServiceId service : node.config().policy().services().keySet()) {
      runs(service.value(), Optional.empty())
          .forEach(r ->
              text.append(service + " " + r.proposal().plan().playbook() + " ")
                  .append(r.phase() + " " + r.reason())
                  .append('\n'));
    }
    return text.toString();
  }

  @Override
  public void close() throws Exception {
    node.close();
  }
}
