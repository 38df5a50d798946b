package io.grace.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.event.MemoryEvent;
import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Sensitivity;
import io.grace.core.model.Hash;
import io.grace.core.model.Receipt;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What happens to memories survives the journal and the saved state.
class MemoryCodecTest {
  private static final Instant NOW = Instant.parse("2026-11-26T06:00:00.123456Z");
  private static final Hash ONE = Hash.sha256("one");
  private static final List<Receipt> RECEIPTS =
      List.of(new Receipt("quota", Receipt.Ruling.PASSED, "0 of 100"));

  private static final List<MemoryEvent> ALL =
      List.of(
          new MemoryEvent.MemoryRemembered(
              DomainId.CORE,
              "agent",
              ONE,
              new Cell(DomainId.CORE, MemoryType.EPISODIC, Sensitivity.SENSITIVE),
              Hash.sha256("content"),
              Optional.of(NOW.plusSeconds(60)),
              NOW),
          new MemoryEvent.MemoryRecalled(
              DomainId.SELF_HEAL,
              "agent",
              Purpose.HEALING,
              ONE,
              Hash.sha256("query"),
              64,
              new TreeMap<>(
                  Map.of(DomainId.SELF_HEAL, 3, DomainId.CORE, 2, DomainId.TRANSCENDENCE, 1)),
              1,
              Hash.sha256("answer"),
              RECEIPTS,
              NOW),
          new MemoryEvent.MemoryDenied(
              DomainId.ML,
              "agent",
              Optional.of(Purpose.TRAINING),
              ONE,
              ONE,
              "domain_isolation",
              "not shared",
              RECEIPTS,
              NOW),
          new MemoryEvent.MemoryThrottled(DomainId.ML, "agent", "150 of 150", NOW),
          new MemoryEvent.MemoryForgetting(
              DomainId.CORE, "ann", ONE, List.of(ONE, Hash.sha256("two")), "asked", NOW),
          new MemoryEvent.MemoryTrusted(DomainId.ML, "ann", 0.85, "proved itself", NOW),
          new MemoryEvent.MemoryForgotten(DomainId.CORE, "ann", ONE, 2, Hash.sha256("proof"), NOW));

  @Test
  void everyEventReadsBackAsItWas() {
    for (MemoryEvent event : ALL) {
      Draft draft = EventCodec.draft(event);
      var entry =
          new Entry(
              1,
              1,
              draft.at(),
              draft.actor(),
              draft.kind(),
              draft.subject(),
              draft.payload(),
              ONE,
              ONE);
      assertEquals(event, EventCodec.event(entry));
      requireSorted(Json.MAPPER.readTree(draft.payload()));
    }
    assertEquals(
        MemoryEvent.class.getPermittedSubclasses().length,
        ALL.stream().map(Object::getClass).distinct().count(),
        "a new event belongs into this test");
  }

  @Test
  void savedStateHoldsUseAndWhatIsBeingForgotten() {
    for (int i = 1; i <= ALL.size(); i++) {
      Snapshot snapshot = Snapshot.EMPTY.after(ALL.subList(0, i));

      assertEquals(snapshot, SnapshotCodec.snapshot(SnapshotCodec.bytes(snapshot)));
    }
  }

  private static void requireSorted(JsonNode node) {
    var names = List.copyOf(node.propertyNames());
    assertEquals(List.copyOf(new TreeSet<>(names)), names, "canonical JSON is sorted");
    node.forEach(MemoryCodecTest::requireSorted);
  }
}
