package io.grace.domains.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.ServiceId;
import io.grace.domains.Living;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class KnowledgeDomainTest {
  private static final String QUICK = "refresh_seconds: 1, verify_seconds: 1, measure_millis: 200";

  @TempDir Path directory;
  @TempDir Path notes;

  private Path own() {
    return directory.resolve(".grace/state/domains/knowledge");
  }

  private void fill() throws IOException {
    for (int i = 0; i < 30; i++) {
      Desk.write(
          notes,
          "n" + i + ".md",
          "# Note %d\nThe pool of number %d is empty since a transaction hangs on table t%d."
              .formatted(i, i, i));
    }
    Desk.write(
        notes, "orders.md", "# Orders\nWhen the index is damaged, build it anew. Owner: ann.");
  }

  private static Knowledge of(Living grace) {
    return grace.node().domain(Knowledge.class).orElseThrow();
  }

  private String withNotes(String more) {
    return """
    mode: autonomous
    %s
    domains: {knowledge: {sources: [{name: notes, folder: "%s", owner: ann}], %s}}
    """
        .formatted(more, notes, QUICK);
  }

  private static int found(Knowledge knowledge) {
    try {
      return knowledge.search("transaction hangs", 5).size();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> indexFiles() throws IOException {
    try (var files = Files.walk(own().resolve("index"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("generation-"))
          .filter(file -> !file.endsWith("write.lock"))
          .toList();
    }
  }

  /// The first texts made the index learn a space, in a generation of its own.
  private boolean isLearned() {
    try (var generations = Files.list(own().resolve("index"))) {
      var all = generations.filter(g -> g.getFileName().toString().startsWith("gen")).toList();
      return all.size() == 1 && Files.exists(all.getFirst().resolve("space.bin"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void overwrittenIndexIsBuiltAnewWhileTheOldOneServes() throws Exception {
    fill();
    try (var grace = Living.start(directory, withNotes(""))) {
      Knowledge knowledge = of(grace);
      grace.until("read, and its meaning learned", _ -> found(knowledge) == 5 && isLearned());
      List<Path> before = indexFiles();
      var answered = new AtomicInteger();
      var isDone = new AtomicBoolean();
      var isUnanswered = new AtomicBoolean();
      Thread asking =
          Thread.ofVirtual()
              .start(() -> {
                while (!isDone.get()) {
                  if (found(knowledge) == 5) {
                    answered.incrementAndGet();
                  } else {
                    isUnanswered.set(true);
                  }
                }
              });

      for (Path file : before) {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(new byte[] {13, 37, 13, 37, 13, 37}), channel.size() / 3);
        }
      }

      var run = grace.healed("search_index", "rebuild_index");
      isDone.set(true);
      asking.join();
      assertEquals("index_damaged", run.proposal().diagnosis().kind().value());
      assertEquals(List.of(), knowledge.damage());
      assertFalse(isUnanswered.get(), "a search went unanswered");
      assertTrue(answered.get() > 100, "searches meanwhile: " + answered);
      assertTrue(indexFiles().stream().noneMatch(before::contains), indexFiles().toString());
    }
  }

  @Test
  void indexThatCannotBeOpenedAfterARestartIsBuiltAnew() throws Exception {
    fill();
    try (var grace = Living.start(directory, withNotes(""))) {
      Knowledge knowledge = of(grace);
      grace.until("read", _ -> found(knowledge) == 5);
    }
    for (Path file : indexFiles()) {
      Files.write(file, new byte[] {1, 2, 3});
    }

    try (var grace = Living.start(directory, withNotes(""))) {
      assertEquals(0, found(of(grace)));
      assertTrue(of(grace).damage().getFirst().contains("could not be opened"));

      grace.healed("search_index", "rebuild_index");
      assertEquals(5, found(of(grace)));
      assertEquals(List.of(), of(grace).damage());
    }
  }

  private String withGit(String location) {
    return """
    mode: autonomous
    metrics: {ingestion_stalled_s: {degraded: 2, critical: 600}}
    triage: {ingestion_stuck: ingestion_stalled_s >= 2}
    domains: {knowledge: {sources: [{name: repo, git: "%s"}, {name: notes, folder: "%s"}], %s}}
    """
        .formatted(location, notes, QUICK.replace("refresh_seconds: 1", "refresh_seconds: 600"));
  }

  @Test
  void sourceThatHangsIsCalledOffAndReadAnewAndHoldsUpNoOther(@TempDir Path work) throws Exception {
    fill();
    try (var git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      String head = GitOriginTest.commit(git, "pm/vouchers.md", "Vouchers failed in lower case.");
      try (var server = new HangingGit(work.resolve(".git"), head, 1);
          var grace = Living.start(directory, withGit(server.address()))) {
        Knowledge knowledge = of(grace);
        grace.until("read beside the one that hangs", _ -> found(knowledge) == 5);
        assertEquals(List.of(), knowledge.search("vouchers lower case", 1));

        var run = grace.healed("ingestion_pipeline", "refresh_sources");

        assertEquals("ingestion_stuck", run.proposal().diagnosis().kind().value());
        Found first = knowledge.search("vouchers lower case", 1).getFirst();
        assertEquals("repo", first.source());
        assertEquals(head, first.revision());
      }
    }
  }

  @Test
  void mirrorThatADeadProcessLeftLockedIsFetchedAnew(@TempDir Path work) throws Exception {
    try (var git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      GitOriginTest.commit(git, "a.md", "Vouchers failed.");
      Path mirror = own().resolve("mirrors/repo");
      Path lock = mirror.resolve("refs/heads/knowledge.lock");
      Files.createDirectories(lock.getParent());
      Files.createFile(lock);

      try (var grace = Living.start(directory, withGit(work.toString()))) {
        grace.healed("ingestion_pipeline", "refresh_sources");

        assertEquals("a.md", of(grace).search("vouchers", 1).getFirst().path());
        assertFalse(Files.exists(lock));
      }
    }
  }

  @Test
  void wornGraphIsCompacted() throws Exception {
    try (var graph = Graph.open(own().resolve("graph.log"))) {
      for (int i = 0; i < 200; i++) {
        graph.learn(
            "notes/a.md",
            List.of(
                Claims.edge(
                    Edge.Kind.SERVICE, "s" + i, Edge.Relation.OWNED_BY, Edge.Kind.PERSON, "ann")));
      }
    }
    long before = Files.size(own().resolve("graph.log"));

    try (var grace = Living.start(directory, withNotes(""))) {
      grace.healed("knowledge_graph", "compact_graph");

      assertTrue(Files.size(own().resolve("graph.log")) < before / 5);
    }
  }

  @Test
  void outdatedTrustIsWorkedOutAnew() throws Exception {
    fill();
    String text =
        withNotes(
            """
            metrics: {trust_age_h: {degraded: 0.0005, critical: 10}}
            triage: {trust_outdated: trust_age_h >= 0.0005}
            """);
    try (var grace = Living.start(directory, text)) {
      grace.healed("trust_scorer", "update_trust_scores");

      assertTrue(Files.readString(own().resolve("trust.json")).contains("\"governance\":0.5"));
    }
  }

  @Test
  void threePassagesFitADiagnosisAndSayWhereTheyAreFrom() throws Exception {
    fill();
    try (var grace = Living.start(directory, withNotes(""))) {
      Knowledge knowledge = of(grace);
      grace.until("read", _ -> found(knowledge) == 5);

      var found =
          knowledge.passages(new DiagnosisKind("index_damaged"), new ServiceId("search_index"), 3);

      assertEquals("notes", found.getFirst().source());
      assertEquals("orders.md", found.getFirst().path());
      assertEquals("Orders", found.getFirst().heading());
      assertTrue(found.getFirst().why().contains("trust in notes is 0.50"), found.toString());
      assertTrue(found.size() <= 3);
    }
  }
}
