package io.grace.domains.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.knowledge.Edge.Kind;
import io.grace.domains.knowledge.Edge.Relation;
import io.grace.domains.knowledge.reading.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {
  @TempDir Path directory;

  private List<Edge> of(String path, String text) throws Exception {
    try (var desk = new Desk(directory)) {
      return desk.claims.of(path, Reading.read(path, text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void postMortemTellsWhatWasAffectedAndWhyAndWhatHealed() throws Exception {
    var claims =
        of(
            "pm/1.md",
            """
            ---
            owner: ann
            ---
            # 2026-03-11 orders unavailable
            Stock was fine, payments was not looked at.
            ## Root cause
            A transaction was kept open. More text.
            ## Fix
            We ran rebuild index by hand.
            """);

    String incident = "2026-03-11 orders unavailable";
    assertEquals(
        List.of(
            Claims.edge(Kind.INCIDENT, incident, Relation.AFFECTED, Kind.SERVICE, "orders"),
            Claims.edge(Kind.INCIDENT, incident, Relation.AFFECTED, Kind.SERVICE, "stock"),
            Claims.edge(
                Kind.INCIDENT, incident, Relation.HEALED_BY, Kind.PLAYBOOK, "rebuild_index"),
            Claims.edge(
                Kind.INCIDENT,
                incident,
                Relation.CAUSED_BY,
                Kind.CAUSE,
                "A transaction was kept open"),
            Claims.edge(Kind.INCIDENT, incident, Relation.WRITTEN_BY, Kind.PERSON, "ann")),
        claims);
  }

  @Test
  void catalogueTellsDependenciesAndOwners() throws Exception {
    var claims =
        of(
            "catalog-info.yaml",
            "kind: Component\nmetadata: {name: orders}\nspec: {owner: ann, dependsOn: [stock]}\n");

    assertEquals(
        List.of(
            Claims.edge(Kind.SERVICE, "orders", Relation.OWNED_BY, Kind.PERSON, "ann"),
            Claims.edge(Kind.SERVICE, "orders", Relation.DEPENDS_ON, Kind.SERVICE, "stock")),
        claims);
  }

  @Test
  void runbookTellsWhichPlaybookIsAboutWhat() throws Exception {
    var claims =
        of("rb.md", "# Index\nWhen index_damaged shows on search_index, run rebuild_index.");

    assertTrue(
        claims.contains(
            Claims.edge(
                Kind.PLAYBOOK, "rebuild_index", Relation.TREATS, Kind.CAUSE, "index_damaged")));
    assertTrue(
        claims.contains(
            Claims.edge(
                Kind.PLAYBOOK, "rebuild_index", Relation.ABOUT, Kind.SERVICE, "search_index")));
  }

  @Test
  void partOfAWordIsNoName() throws Exception {
    assertEquals(List.of(), of("a.md", "# 2026-01-01 Reorders\nstocking preorders"));
  }
}
