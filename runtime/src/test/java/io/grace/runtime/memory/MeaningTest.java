package io.grace.runtime.memory;

import static io.grace.runtime.memory.Made.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.memory.Access;
import io.grace.core.memory.Cell;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Grant;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.model.Hash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A memory is found by what it is about, though it has none of the words, and only by those who
/// may.
class MeaningTest {
  private static final int TOPICS = 40;
  private static final int WORDS = 8;

  private static final Cell ML = Made.cell(DomainId.ML, MemoryType.EPISODIC);

  @TempDir Path directory;

  @Test
  void aMemoryIsFoundByWhatItIsAbout() throws Exception {
    Memory wanted = Made.memory("w0x1 w0x2 w0x3 w0x4 w0x5 number7777");
    Memory others = Made.memory(ML, "w0x1 w0x2 w0x3 w0x4 w0x5 number8888", 0);
    try (var bank = MemoryBank.open(directory)) {
      bank.keep(texts());
      bank.keep(List.of(wanted, others));
      assertFalse(found(bank, "w0x0").contains(wanted.id()), "it has none of the words");

      bank.learn();

      assertTrue(found(bank, "w0x0").contains(wanted.id()));
      assertFalse(found(bank, "w0x0").contains(others.id()), "it is of another domain");
      assertFalse(found(bank, "w7x1").contains(wanted.id()));
    }
    try (var bank = MemoryBank.open(directory)) {
      assertTrue(found(bank, "w0x0").contains(wanted.id()), "it is known after a restart");
      bank.forget(DomainId.CORE, List.of(wanted.id()));
      assertFalse(found(bank, "w0x0").contains(wanted.id()), "and forgotten like any word");
    }
  }

  @Test
  void aMemoryThatIsKeptAnewIsFoundAsItIsNow() throws Exception {
    Memory before = Made.memory(Made.CORE, "w0x1 w0x2 w0x3 w0x4 w0x5 number7777", 60);
    Memory now = Made.memory(Made.CORE, before.content(), 0);
    try (var bank = MemoryBank.open(directory)) {
      bank.keep(texts());
      bank.learn();
      bank.keep(List.of(before));

      bank.keep(List.of(now));

      var times =
          search(bank, "w0x0").stream()
              .filter(hit -> hit.id().equals(now.id()))
              .map(Hit::at)
              .toList();
      assertEquals(List.of(now.at()), times);
    }
  }

  @Test
  void theNearestRegionsComeFirst() throws Exception {
    var gist = Gist.learn(texts().stream().map(m -> List.of(m.content().split(" "))).toList());
    float[] place = gist.place(List.of("w3x0"));
    int all = gist.regions().length;

    var nearest = gist.nearest(place, all);

    assertEquals(all, Set.copyOf(nearest).size());
    assertEquals(gist.region(place), nearest.getFirst());
    for (int most = 1; most <= all; most++) {
      assertEquals(nearest.subList(0, most), gist.nearest(place, most));
    }
  }

  @Test
  void theSameTextsGiveTheSameGist() throws Exception {
    var texts = texts().stream().map(m -> List.of(m.content().split(" "))).toList();

    Gist one = Gist.learn(texts);
    Gist other = Gist.learn(texts);

    assertEquals(one.version(), other.version());
    Path file = directory.resolve("gist.bin");
    GistFile.write(file, one);
    assertEquals(one.version(), GistFile.read(file).orElseThrow().version());
    assertEquals(
        one.nearest(one.place(List.of("w3x0")), 8),
        GistFile.read(file).orElseThrow().nearest(one.place(List.of("w3x0")), 8));
  }

  @Test
  void wordsThatFewMemoriesHaveAreNotInTheGist() throws Exception {
    var texts = new ArrayList<List<String>>();
    texts().forEach(m -> texts.add(List.of(m.content().split(" "))));
    texts.add(List.of("w1x1", "xylophonique"));

    assertFalse(Gist.learn(texts).columns().containsKey("xylophonique"));
  }

  @Test
  void aDamagedGistIsLearnedAnew() throws Exception {
    try (var bank = MemoryBank.open(directory)) {
      bank.keep(texts());
      bank.learn();
    }
    Path file = directory.resolve("index").resolve("gist.bin");
    byte[] bytes = java.nio.file.Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    java.nio.file.Files.write(file, bytes);

    try (var bank = MemoryBank.open(directory)) {
      assertFalse(bank.index().isLearned());
      assertEquals(1, found(bank, "number3").size(), "words are found all the same");
      bank.learn();
      assertTrue(bank.index().isLearned());
    }
  }

  private static List<Memory> texts() {
    var random = new SplittableRandom(5);
    var texts = new ArrayList<Memory>();
    for (int i = 0; i < 1_200; i++) {
      var words = new ArrayList<String>();
      for (int w = 0; w < 5; w++) {
        words.add("w" + i % TOPICS + "x" + random.nextInt(WORDS));
      }
      texts.add(Made.memory(String.join(" ", words) + " number" + i));
    }
    return texts;
  }

  private static Set<Hash> found(MemoryBank bank, String query) throws Exception {
    return search(bank, query).stream().map(Hit::id).collect(Collectors.toSet());
  }

  private static List<Hit> search(MemoryBank bank, String query) throws Exception {
    var grant = new Grant(new TreeMap<>(Map.of(Made.CORE, Access.FULL)));
    return bank.search(new Words(query, Optional.empty(), Optional.empty(), NOON), grant, 400);
  }
}
