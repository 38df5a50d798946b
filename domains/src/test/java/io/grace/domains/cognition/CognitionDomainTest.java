package io.grace.domains.cognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.ServiceId;
import io.grace.domains.Living;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CognitionDomainTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:30Z");
  private static final Map<String, Set<ServiceId>> NODES =
      Map.of("ml", Set.of(new ServiceId("registry")), "core", Set.of(new ServiceId("journal")));

  @TempDir Path directory;

  @Test
  void damagedTrendsAreWorkedOutAgainFromTheJournal() throws Exception {
    Path file = directory.resolve(".grace/state/domains/cognition/trends");
    String text = "mode: autonomous\ndomains: {cognition: {}, core: {}}\n";
    try (var grace = Living.start(directory, text)) {
      grace.until("written", _ -> Files.exists(file));
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);

      grace.healed("trend_memory", "rebuild_trends");

      assertTrue(Trends.parse(Files.readString(file)).isPresent());
    }
  }

  @Test
  void everyByteCounts() {
    String text = Trends.of(List.of(), NODES, NOW).text();
    assertTrue(Trends.parse(text).isPresent());

    for (int i = 0; i < text.length(); i++) {
      var other = new StringBuilder(text);
      other.setCharAt(i, (char) (text.charAt(i) ^ 1));
      assertEquals(Optional.empty(), Trends.parse(other.toString()), "at " + i);
    }
  }

  @Test
  void troubleThatGrowsIsToldFromTroubleThatLasts() {
    var spells = new ArrayList<Spell>();
    for (int i = 0; i < Trends.POINTS; i++) {
      Instant from = NOW.minus(Trends.STEP.multipliedBy(i)).minusSeconds(60);
      spells.add(new Spell("registry", from, Optional.empty()));
    }
    spells.add(new Spell("journal", NOW.minus(Trends.SPAN.multipliedBy(2)), Optional.empty()));

    var trends = Trends.of(spells, NODES, NOW);

    assertEquals(List.of("ml"), trends.rising());
    assertEquals(List.of(1), trends.counts().getOrDefault("core", List.of()).subList(0, 1));
  }
}
