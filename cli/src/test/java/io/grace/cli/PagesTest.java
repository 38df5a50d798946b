package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every page reads exactly as the checked-in one. `-Dgrace.golden=write` writes them anew.
class PagesTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final String OPEN = "state=open&limit=6";

  private FakeGrace grace;

  @BeforeEach
  void start() throws IOException {
    grace = new FakeGrace();
  }

  @AfterEach
  void stop() {
    grace.close();
  }

  @Test
  void statusSaysWhatIsGoingOn() throws IOException {
    grace
        .get("/api/status", Shell.answer("status"))
        .get("/api/incidents?" + OPEN, Shell.answer("incidents"))
        .get("/api/runs?" + OPEN, Shell.answer("runs"));

    assertPage("status", "status");
  }

  @Test
  void statusOfQuietPausedGraceAsksOnce() throws IOException {
    grace.get("/api/status", Shell.answer("status-paused"));

    assertPage("status-paused", "status");
  }

  @Test
  void narrowStatusLosesNothing() throws IOException {
    grace
        .get("/api/status", Shell.answer("status"))
        .get("/api/incidents?" + OPEN, Shell.answer("incidents"))
        .get("/api/runs?" + OPEN, Shell.answer("runs"));

    assertPage("status-narrow", "status", "--width", "48");
  }

  @Test
  void incidentsAreListed() throws IOException {
    grace.get("/api/incidents?state=all&limit=2&after=x", Shell.answer("incidents-all"));

    assertPage("incidents", "incidents", "--all", "--limit", "2", "--after", "x");
  }

  @Test
  void noIncidentIsSaid() throws IOException {
    grace.get("/api/incidents?state=open&limit=50", Shell.answer("nothing"));

    assertPage("incidents-none", "incidents");
  }

  @Test
  void openIncidentSaysWhatToDo() throws IOException {
    grace.get("/api/incidents/inc-0007", Shell.answer("incident"));

    assertPage("incident", "incidents", "inc-0007");
  }

  @Test
  void resolvedIncidentSaysHowItEnded() throws IOException {
    grace.get("/api/incidents/inc-0006", Shell.answer("incident-resolved"));

    assertPage("incident-resolved", "incidents", "inc-0006");
  }

  @Test
  void runsAreListed() throws IOException {
    grace.get("/api/runs?state=open&service=orders&limit=50", Shell.answer("runs"));

    assertPage("runs", "runs", "--service", "orders");
  }

  @Test
  void askingRunShowsItsQuestion() throws IOException {
    grace.get("/api/runs/run-0042", Shell.answer("run-asking"));

    assertPage("run-asking", "runs", "run-0042");
  }

  @Test
  void whyTellsTheWholeStory() throws IOException {
    grace
        .get("/api/runs/run-0042", Shell.answer("run-ended"))
        .get("/api/runs/run-0042/story", Shell.answer("story"));

    assertPage("why", "why", "run-0042");
  }

  @Test
  void learningIsATable() throws IOException {
    grace.get(
        "/api/self_heal/learning?time_bucket=7d&playbook=restart_service",
        Shell.answer("learning"));

    assertPage("learning", "learning", "--bucket", "7d", "--playbook", "restart_service");
  }

  @Test
  void alertsAreATable() throws IOException {
    grace.get("/api/alerts", Shell.answer("alerts"));

    assertPage("alerts", "alerts");
  }

  @Test
  void changesAreATable() throws IOException {
    grace.get("/api/changes?service=orders", Shell.answer("changes"));

    assertPage("changes", "changes", "--service", "orders");
  }

  @Test
  void objectivesAreATable() throws IOException {
    grace.get("/api/slos", Shell.answer("slos"));

    assertPage("slos", "slos");
  }

  @Test
  void triggersAreATable() throws IOException {
    grace.get("/api/triggers", Shell.answer("triggers"));

    assertPage("triggers", "triggers");
  }

  @Test
  void callsAreATable() throws IOException {
    grace.get("/api/topology", Shell.answer("topology"));

    assertPage("topology", "topology");
  }

  @Test
  void relatedIncidentsAreATable() throws IOException {
    grace.get("/api/incidents/inc-0007/candidates", Shell.answer("candidates"));

    assertPage("related", "related", "inc-0007");
  }

  @Test
  void planIsShownWithoutProposing() throws IOException {
    grace.post(
        "/api/playbooks/plan",
        """
        {"incident":"inc-0007","playbook":"restart_service","reason":"try","execute":false}\
        """,
        200,
        Shell.answer("planned"));

    assertPage("planned", "propose", "inc-0007", "restart_service", "-m", "try", "--dry-run");
  }

  @Test
  void draftsAreListed() throws IOException {
    grace.get("/api/drafts", Shell.answer("drafts"));

    assertPage("drafts", "draft");
  }

  @Test
  void draftSaysWhatItWasMadeOfAndHowToTakeIt() throws IOException {
    grace.get("/api/drafts/queue_backlog_1a2b3c4d", Shell.answer("draft"));

    assertPage("draft", "draft", "show", "queue_backlog_1a2b3c4d");
  }

  @Test
  void textOfADraftIsAsItIsSoThatItCanBeSaved() {
    grace.get("/api/drafts/d-1", Shell.answer("draft"));

    var result = Shell.at(grace).run("draft", "text", "d-1");

    assertTrue(
        result
            .out()
            .contains(
                "\n  ask:\n    question: 'For a person to do: Tell the senders and"
                    + " everybody else who waits for an order. Answer done once it is.'\n"),
        result.out());
    grace.assertContractKept();
  }

  @Test
  void openMotionsSayWhatIsMissing() throws IOException {
    grace.get("/api/parliament/motions", Shell.answer("motions"));

    assertPage("motions", "motion");
  }

  @Test
  void endedMotionsSayWhatBecameOfThem() throws IOException {
    grace.get("/api/parliament/motions", Shell.answer("motions"));

    assertPage("motions-all", "motion", "--all");
  }

  @Test
  void motionSaysWhoVotedWhatAndWhy() throws IOException {
    grace
        .get("/api/parliament/motions", Shell.answer("motions"))
        .get("/api/log/entries?limit=500&subject=m-000003", Shell.answer("motion-entries"));

    assertPage("motion", "motion", "show", "m-000003");
  }

  @Test
  void withoutAParliamentThatIsSaid() throws IOException {
    grace.get("/api/parliament/motions", Shell.answer("motions-none"));

    assertPage("motions-none", "motion");
  }

  @Test
  void helpOfMotionListsItsCommands() throws IOException {
    assertPage("help-motion", "motion", "--help");
  }

  @Test
  void helpListsEveryCommand() throws IOException {
    assertPage("help", "--help");
  }

  private void assertPage(String name, String... args) throws IOException {
    var result = Shell.at(grace).run(args);

    assertEquals("", result.err());
    assertEquals(0, result.status());
    grace.assertContractKept();
    int widest = result.out().lines().mapToInt(String::length).max().orElse(0);
    assertTrue(widest <= 80, "the widest line has " + widest + " columns");
    if ("write".equals(System.getProperty("grace.golden"))) {
      Files.writeString(GOLDEN.resolve(name + ".txt"), result.out());
    }
    assertEquals(Files.readString(GOLDEN.resolve(name + ".txt")), result.out());
  }
}
