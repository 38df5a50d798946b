package io.grace.runtime.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Mode;
import io.grace.core.model.PlaybookId;
import io.grace.core.spi.Secrets;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Secrets NONE = _ -> Optional.empty();

  @TempDir Path directory;

  private Loaded load(String text) throws IOException {
    Path file = directory.resolve("grace.yaml");
    Files.writeString(file, "apiVersion: grace/v1\n" + text);
    return ConfigLoader.load(file, Map.of());
  }

  private Config config(String text) throws IOException {
    var loaded = load(text);
    return assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString()).config();
  }

  private List<String> problems(String text) throws IOException {
    return assertInstanceOf(Loaded.Invalid.class, load(text)).problems().stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void whatADomainBringsLiesUnderWhatTheTeamWrote() throws IOException {
    var policy =
        config(
                """
                metrics: {light: {critical: 0.1}}
                services: {lamp: {mode: approve}}
                domains: {lamp: {}}
                """)
            .policy();

    var metric = policy.metrics().values().stream().filter(m -> m.unit().equals("bool")).toList();
    assertTrue(metric.stream().anyMatch(m -> m.degraded() == 0.5 && m.critical() == 0.1));
    assertEquals(
        Mode.APPROVE,
        policy.service(LampKind.LAMP).orElseThrow().mode(new PlaybookId("switch_on")));
    assertTrue(policy.catalogue().containsKey("switch_on"));
  }

  @Test
  void aDomainThatIsNotWantedAddsNothing() throws IOException {
    var policy = config("services: {orders: {}}\n").policy();

    assertTrue(policy.service(LampKind.LAMP).isEmpty());
    assertTrue(policy.playbooks().stream().noneMatch(p -> p.id().value().equals("switch_on")));
  }

  @Test
  void anUnknownDomainOrSettingIsAProblemOfItsLine() throws IOException {
    var problems = problems("domains:\n  lamp: {lid: true}\n  lump: {}\nservices: {orders: {}}\n");

    assertEquals(2, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains(":3:"), problems.toString());
    assertTrue(problems.get(0).contains("unknown key"), problems.toString());
    assertTrue(problems.get(0).contains("lit"), problems.toString());
    assertTrue(problems.get(1).contains("unknown domain"), problems.toString());
    assertTrue(problems.get(1).contains("lamp"), problems.toString());
  }

  @Test
  void theHashCoversTheSettings() throws IOException {
    var lit = config("domains: {lamp: {lit: true}}\n").policy().hash();
    var dark = config("domains: {lamp: {lit: false}}\n").policy().hash();

    assertTrue(!lit.equals(dark));
  }

  @Test
  void whatIsBrokenInADomainIsHealedByTheOneLoop() throws Exception {
    var config = config("mode: autonomous\ndomains: {lamp: {lit: false}}\n");
    try (Node node =
        Node.start(config, NONE, InstantSource.system(), new SplittableRandom(1), "test")) {
      var lamp = node.domain(LampKind.Lamp.class).orElseThrow();
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (succeeded(node) == 0 && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }

      assertTrue(lamp.isLit());
      assertEquals(1, succeeded(node));
    }
  }

  private static long succeeded(Node node) {
    return node.snapshot().counters().outcomes().getOrDefault("succeeded", 0L);
  }
}
