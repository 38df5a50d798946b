package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.offline.Offline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that need no running server, as a person types them.
class OfflineTest {
  private static final String CONFIG = "../catalogue/grace.yaml";

  @TempDir private Path directory = Path.of("");

  private record Said(int status, String out, String err) {}

  private static Said run(String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int status =
        Offline.run(
            List.of(words),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of());
    return new Said(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void testsThatPassAreStatus0AndLeaveXmlForBuildServers() throws IOException {
    Path xml = directory.resolve("out.xml");

    Said said =
        run(
            "playbook",
            "test",
            "--config",
            CONFIG,
            "--junit",
            xml.toString(),
            "../catalogue/tests/disk_full.yaml");

    assertEquals(0, said.status(), said.out() + said.err());
    assertTrue(said.out().contains("4 tests, 4 passed, 0 failed"), said.out());
    assertTrue(Files.readString(xml).contains("<testsuite name=\"disk_full\" tests=\"4\""));
  }

  @Test
  void aTestThatFailsIsStatus1AndTellsItsStory() throws IOException {
    String tests = Files.readString(Path.of("../catalogue/tests/disk_full.yaml"));
    Path broken = directory.resolve("broken.yaml");
    Files.writeString(broken, tests.replaceFirst("outcome: succeeded", "outcome: failed"));

    Said said = run("playbook", "test", "--config", CONFIG, broken.toString());

    assertEquals(1, said.status());
    assertTrue(said.out().contains("outcome: expected failed, is succeeded"), said.out());
    assertTrue(said.out().contains("vacuum_journal begins"), said.out());
    assertTrue(said.out().contains("broken.yaml:6"), said.out());
  }

  @Test
  void aMistakeInATestNamesItsPlace() throws IOException {
    Path broken = directory.resolve("broken.yaml");
    Files.writeString(
        broken,
        Files.readString(Path.of("../catalogue/tests/disk_full.yaml"))
            .replaceFirst("acts: \\{vacuum_journal", "acts: {vacum_journal"));

    Said said = run("playbook", "test", "--config", CONFIG, broken.toString());

    assertEquals(1, said.status());
    assertTrue(said.err().contains("did you mean 'vacuum_journal'?"), said.err());
  }

  @Test
  void aPlaybookIsDrawnAsATreeAndAsAFlowchart() {
    Said tree = run("playbook", "graph", "--config", CONFIG, "disk_full");
    Said chart = run("playbook", "graph", "--config", CONFIG, "--format", "mermaid", "disk_full");

    assertTrue(tree.out().startsWith("disk_full v1: Make room"), tree.out());
    assertTrue(tree.out().contains("CANNOT be taken back"), tree.out());
    assertTrue(chart.out().startsWith("flowchart TD\n"), chart.out());
  }

  @Test
  void aPlaybookThatIsNotThereIsSaidWithThoseThatAre() {
    Said said = run("playbook", "graph", "--config", CONFIG, "disc_full");

    assertEquals(1, said.status());
    assertTrue(said.err().contains("disk_full"), said.err());
  }

  @Test
  void aJournalThatIsNotThereIsOneSentence() {
    String none = directory.resolve("none.db").toString();

    for (var words :
        List.of(
            List.of("replay", "--from", none, "--policy", CONFIG),
            List.of("report", "shadow", "--from", none, "--config", CONFIG))) {
      Said said = run(new ArrayList<>(words).toArray(String[]::new));
      assertEquals(1, said.status());
      assertEquals("grace: there is no journal at " + none, said.err().strip());
    }
  }

  @Test
  void whatIsNotUnderstoodIsStatus2() {
    assertEquals(2, run("playbook", "nonsense").status());
    assertEquals(2, run("replay").status());
    assertEquals(2, run("report").status());
    assertEquals(0, run("replay", "--help").status());
  }
}
