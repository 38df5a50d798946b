package io.grace.runtime.memory;

import static io.grace.runtime.memory.Made.CORE;
import static io.grace.runtime.memory.Made.NOON;
import static io.grace.runtime.memory.Made.cell;
import static io.grace.runtime.memory.Made.memory;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore;
import io.grace.core.spi.MemoryStore.Kept;
import io.grace.core.spi.MemoryStore.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of memories keeps to.
abstract class MemoryStoreContract {
  static final Cell ML = cell(DomainId.ML, MemoryType.SEMANTIC);

  MemoryStore store;

  abstract MemoryStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() throws Exception {
    store.close();
  }

  @Test
  void whatIsKeptReadsBackAsItWas() throws Exception {
    Memory whole =
        Memory.of(
            CORE,
            "größer als 5 €\n\"so\"",
            Set.of("orders", "p99 latency"),
            0.123456789,
            NOON.plusNanos(123_456_000),
            Optional.of(NOON.plusSeconds(60)));

    store.put(List.of(whole, memory("other")));

    assertEquals(
        Map.of(whole.id(), new Kept(whole, new Use(0, whole.at()))),
        store.get(List.of(whole.id(), Hash.sha256("not there"))));
    assertEquals(2, store.size());
  }

  @Test
  void asManyAsAreWantedAreReadAtOnce() throws Exception {
    var all = new ArrayList<Memory>();
    var ids = new ArrayList<Hash>();
    for (int i = 0; i < 53; i++) {
      all.add(memory("number" + i));
      ids.add(all.getLast().id());
      ids.add(Hash.sha256("not there " + i));
    }
    store.put(all);

    ids.add(ids.getFirst());
    var read = store.get(ids);

    assertEquals(all.size(), read.size());
    for (Memory memory : all) {
      assertEquals(new Kept(memory, new Use(0, memory.at())), read.get(memory.id()));
    }
    assertEquals(Map.of(), store.get(List.of()));
  }

  @Test
  void whatIsKeptAgainReplacesWhatWasAndKeepsItsUse() throws Exception {
    Memory early = memory(CORE, "same", 60);
    Memory late = memory(CORE, "same", 0);
    store.put(List.of(early));
    store.touch(List.of(early.id()), NOON);

    store.put(List.of(late));

    assertEquals(
        Map.of(late.id(), new Kept(late, new Use(1, NOON))), store.get(List.of(late.id())));
    assertEquals(1, store.size());
    assertEquals(List.of(late.id()), store.newest(Set.of(CORE), NOON, NOON.plusSeconds(1), 9));
  }

  @Test
  void newestComesFirstWithinItsTimeAndCells() throws Exception {
    Memory a = memory(CORE, "a", 3);
    Memory b = memory(ML, "b", 2);
    Memory c = memory(CORE, "c", 1);
    Memory d = memory(cell(DomainId.CORE, MemoryType.WORKING), "d", 0);
    store.put(List.of(a, b, c, d));
    Instant end = NOON.plusSeconds(1);

    assertEquals(List.of(c.id(), b.id(), a.id()), store.newest(Set.of(CORE, ML), a.at(), end, 9));
    assertEquals(List.of(c.id(), b.id()), store.newest(Set.of(CORE, ML), a.at(), end, 2));
    assertEquals(List.of(a.id()), store.newest(Set.of(CORE), a.at(), c.at(), 9), "until is not in");
    assertEquals(List.of(), store.newest(Set.of(), a.at(), end, 9));
  }

  @Test
  void whatExpiresIsFoundFromThenOn() throws Exception {
    Memory soon = Memory.of(CORE, "soon", Set.of(), 1, NOON, Optional.of(NOON.plusSeconds(1)));
    store.put(List.of(soon, memory("never")));

    assertEquals(List.of(), store.expired(NOON, 9));
    assertEquals(List.of(soon.id()), store.expired(NOON.plusSeconds(1), 9));
  }

  @Test
  void usesAreCounted() throws Exception {
    Memory a = memory("a");
    store.put(List.of(a, memory("b")));

    store.touch(List.of(a.id()), NOON);
    store.touch(List.of(a.id()), NOON.plusSeconds(1));

    assertEquals(
        Map.of(a.id(), new Use(2, NOON.plusSeconds(1))),
        store.uses(List.of(a.id(), memory("b").id())));
  }

  @Test
  void whatIsDeletedIsNowhere() throws Exception {
    Memory gone = Memory.of(CORE, "x", Set.of(), 1, NOON, Optional.of(NOON.plusSeconds(1)));
    Memory stays = memory("y");
    store.put(List.of(gone, stays));
    store.touch(List.of(gone.id()), NOON);

    assertEquals(List.of(gone.id()), store.delete(List.of(gone.id(), Hash.sha256("unknown"))));

    assertEquals(Map.of(), store.get(List.of(gone.id())));
    assertEquals(Map.of(), store.uses(List.of(gone.id())));
    assertEquals(List.of(), store.expired(NOON.plusSeconds(9), 9));
    assertEquals(List.of(stays.id()), store.newest(Set.of(CORE), NOON, NOON.plusSeconds(1), 9));
    assertEquals(1, store.size());
    assertEquals(List.of(), store.delete(List.of(gone.id())), "a second time there is nothing");
  }

  @Test
  void aScanShowsEachMemoryOfItsCellOnce() throws Exception {
    store.put(List.of(memory("a"), memory("b"), memory(ML, "c", 0)));
    var seen = new ArrayList<Hash>();

    store.scan(CORE, kept -> seen.add(kept.memory().id()));

    seen.sort(null);
    assertEquals(
        java.util.stream.Stream.of(memory("a").id(), memory("b").id()).sorted().toList(), seen);
  }
}
