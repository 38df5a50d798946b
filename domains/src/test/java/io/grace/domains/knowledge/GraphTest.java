package io.grace.domains.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.knowledge.Edge.Kind;
import io.grace.domains.knowledge.Edge.Node;
import io.grace.domains.knowledge.Edge.Relation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphTest {
  private static final Edge OWNED =
      Claims.edge(Kind.SERVICE, "orders", Relation.OWNED_BY, Kind.PERSON, "ann");
  private static final Edge DEPENDS =
      Claims.edge(Kind.SERVICE, "orders", Relation.DEPENDS_ON, Kind.SERVICE, "stock");

  @TempDir Path directory;

  private Graph open() throws IOException {
    return Graph.open(directory.resolve("graph.log"));
  }

  @Test
  void eachRelationIsToldWithAllWhoSaySo() throws IOException {
    try (var graph = open()) {
      graph.learn("wiki/a.md", List.of(OWNED, DEPENDS));
      graph.learn("repo/b.md", List.of(OWNED));

      assertEquals(
          Map.of(OWNED, Set.of("wiki/a.md", "repo/b.md"), DEPENDS, Set.of("wiki/a.md")),
          graph.around(new Node(Kind.SERVICE, "orders")));
      assertEquals(3, graph.nodes());
    }
  }

  @Test
  void whatSomebodySaysTakesThePlaceOfWhatTheySaidBefore() throws IOException {
    try (var graph = open()) {
      graph.learn("wiki/a.md", List.of(OWNED));
      graph.learn("wiki/a.md", List.of(DEPENDS));
      graph.learn("wiki/a.md", List.of(DEPENDS));

      assertEquals(1, graph.live());
      assertEquals(2, graph.lines(), "what is no news is no line");
    }
    try (var graph = open()) {
      assertEquals(Set.of(DEPENDS), graph.all().get("wiki/a.md"));
    }
  }

  @Test
  void compactedTheGraphHoldsNothingButWhatStillHolds() throws IOException {
    long before;
    try (var graph = open()) {
      for (int i = 0; i < 50; i++) {
        graph.learn("wiki/a.md", List.of(i % 2 == 0 ? OWNED : DEPENDS));
      }
      graph.learn("gone/b.md", List.of(OWNED));
      before = Files.size(directory.resolve("graph.log"));

      int dropped = graph.compact(Set.of("wiki/a.md"));

      assertEquals(50, dropped);
      assertEquals(1, graph.lines());
      assertTrue(Files.size(directory.resolve("graph.log")) < before / 10);
      graph.learn("wiki/c.md", List.of(OWNED));
    }
    try (var graph = open()) {
      assertEquals(Set.of("wiki/a.md", "wiki/c.md"), graph.all().keySet());
    }
  }

  @Test
  void lineThatWasCutByACrashIsDroppedAndTheRestKept() throws IOException {
    try (var graph = open()) {
      graph.learn("wiki/a.md", List.of(OWNED));
    }
    Files.writeString(
        directory.resolve("graph.log"), "{\"by\":\"wiki/b.md\",\"sa", StandardOpenOption.APPEND);

    try (var graph = open()) {
      assertEquals(Set.of("wiki/a.md"), graph.all().keySet());
      graph.learn("wiki/c.md", List.of(DEPENDS));
    }
    try (var graph = open()) {
      assertEquals(Set.of("wiki/a.md", "wiki/c.md"), graph.all().keySet());
    }
  }
}
