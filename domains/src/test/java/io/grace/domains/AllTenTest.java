package io.grace.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.memory.DomainId;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Snapshot;
import io.grace.runtime.config.DomainConfig;
import io.grace.runtime.domain.DomainKinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// All ten domains in one GRACE, with one loop.
@Timeout(240)
class AllTenTest {
  @TempDir Path directory;

  @Test
  void oneLoopWatchesAllTenAndItsMetaCycleSeesTheSickOne() throws Exception {
    Set<String> ten =
        Arrays.stream(DomainId.values())
            .map(DomainId::value)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(ten, DomainKinds.all().keySet());
    String all =
        ten.stream()
            .map(name -> name + ": {}")
            .collect(Collectors.joining(", ", "domains: {", "}\n"));
    String text =
        Living.LENIENT + "meta: {cycle_seconds: 30}\nservices: {trend_memory: {mode: approve}}\n";
    try (var grace = Living.start(directory, text + all)) {
      var domains = grace.node().config().domains();
      grace.until("heard of all", s -> domains.stream().allMatch(d -> isHeard(d, s)));

      Path trends = directory.resolve(".grace/state/domains/cognition/trends");
      grace.await("written", () -> Files.exists(trends));
      Files.writeString(trends, "torn");
      grace.until("seen", s -> s.health(new ServiceId("trend_memory")).isSick());
      grace.until("in the meta cycle", s -> isCritical("trend_memory", s));
      grace.await("asked for", () -> grace.proposed().contains("rebuild_trends"));
      assertEquals("torn", Files.readString(trends), "nobody agreed yet");

      grace.approve("rebuild_trends");

      grace.healed("trend_memory", "rebuild_trends");
      assertTrue(
          grace.isCalm(), () -> "a start with nothing else broken calls nobody: " + grace.story());
    }
  }

  private static boolean isCritical(String node, Snapshot snapshot) {
    return snapshot
        .meta()
        .filter(meta -> meta.cycle().critical().contains(new ServiceId(node)))
        .isPresent();
  }

  private static boolean isHeard(DomainConfig domain, Snapshot snapshot) {
    return domain.nodes().stream().anyMatch(node -> snapshot.health().containsKey(node));
  }
}
