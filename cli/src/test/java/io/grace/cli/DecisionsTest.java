package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people decide is sent exactly as decided, and only that.
class DecisionsTest {
  private static final String HASH =
      "4f1c0f6b2d9e4a7c8b3d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3";
  private static final String RUN = "/api/runs/run-0042";
  private static final String DECIDED = "{\"run\":\"run-0042\",\"phase\":\"approved\"}";

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
  void approvalSendsTheHashThatWasShown() {
    foretellApproval("plan");

    var result = Shell.at(grace).run("approve", "run-0042", "--yes", "-m", "seen");

    assertEquals("", result.err());
    assertEquals(0, result.status());
    assertTrue(result.out().contains("Hash " + HASH), result.out());
    assertTrue(result.out().endsWith("Run run-0042 is approved.\n"), result.out());
    grace.assertContractKept();
  }

  @Test
  void personAtATerminalIsAsked() {
    foretellApproval("override");

    var result = Shell.at(grace).typing("Y").run("approve", "run-0042", "--override", "-m", "seen");

    assertEquals("Approve exactly this plan? [y/N] ", result.err());
    assertEquals(0, result.status());
    grace.assertContractKept();
  }

  @Test
  void silenceIsNoAgreement() {
    grace.get(RUN, Shell.answer("run-proposed"));

    var result = Shell.at(grace).typing("").run("approve", "run-0042", "-m", "seen");

    assertEquals(1, result.status());
    assertTrue(result.err().contains("nothing was sent"), result.err());
    grace.assertContractKept();
  }

  @Test
  void withoutATerminalYesIsWanted() {
    grace.get(RUN, Shell.answer("run-proposed"));

    var result = Shell.at(grace).run("approve", "run-0042", "-m", "seen");

    assertEquals(2, result.status());
    assertTrue(result.err().contains("--yes"), result.err());
    grace.assertContractKept();
  }

  @Test
  void otherPlanThanTheOneSeenIsNotApproved() {
    grace.get(RUN, Shell.answer("run-proposed")).get(RUN, Shell.answer("run-proposed"));

    String[] seen = {"approve", "run-0042", "--yes", "-m", "seen", "--hash", "4f1c0f6b2d9f"};
    assertEquals(6, Shell.at(grace).run(seen).status());
    seen[6] = "4f1c"; // Too short to mean one plan.
    assertEquals(6, Shell.at(grace).run(seen).status());
    grace.assertContractKept();
  }

  @Test
  void endedRunIsNotApproved() {
    grace.get(RUN, Shell.answer("run-ended"));

    var result = Shell.at(grace).run("approve", "run-0042", "--yes", "-m", "seen");

    assertEquals(6, result.status());
    assertTrue(result.err().contains("rolled_back"), result.err());
    grace.assertContractKept();
  }

  @Test
  void runsAreRejectedCancelledAndAnswered() {
    grace
        .post(RUN + "/reject", "{\"reason\":\"no\"}", 200, DECIDED)
        .post(RUN + "/cancel", "{\"reason\":\"stop\"}", 200, DECIDED)
        .post(RUN + "/answer", "{\"finding\":\"passed\",\"reason\":\"looked\"}", 200, DECIDED);

    assertEquals(0, Shell.at(grace).run("reject", "run-0042", "-m", "no").status());
    assertEquals(0, Shell.at(grace).run("cancel", "run-0042", "-m", " stop ").status());
    assertEquals(0, Shell.at(grace).run("answer", "run-0042", "passed", "-m", "looked").status());
    grace.assertContractKept();
  }

  @Test
  void draftIsRejected() {
    grace.post("/api/drafts/d-1/reject", "{\"reason\":\"not ours\"}", 200, Shell.answer("draft"));

    var result = Shell.at(grace).run("draft", "reject", "d-1", "-m", "not ours");

    assertEquals(0, result.status());
    assertEquals("Rejected queue_backlog_1a2b3c4d; it is not written again.\n", result.out());
    grace.assertContractKept();
  }

  @Test
  void incidentIsAcknowledged() {
    String incident =
        Shell.answer("incident").replace("\"acknowledged_by\":null", "\"acknowledged_by\":\"ann\"");
    grace.post(
        "/api/incidents/inc-0007/acknowledge", "{\"reason\":\"looking after it\"}", 200, incident);

    var result = Shell.at(grace).run("ack", "inc-0007");

    assertTrue(result.out().startsWith("Incident inc-0007 is looked after by ann"), result.out());
    grace.assertContractKept();
  }

  @Test
  void proposalIsShownAndThenMade() {
    String body =
        """
        {"incident":"inc-0007","playbook":"restart_service","reason":"try","execute":%s}\
        """;
    grace
        .post("/api/playbooks/plan", body.formatted(false), 200, Shell.answer("planned"))
        .post("/api/playbooks/plan", body.formatted(true), 202, "{\"run\":\"run-0043\"}");

    var result = Shell.at(grace).run("propose", "inc-0007", "restart_service", "-m", "try");

    assertEquals(0, result.status());
    assertTrue(result.out().contains("change_window"), result.out());
    assertTrue(result.out().endsWith("Run run-0043 is proposed.\n"), result.out());
    grace.assertContractKept();
  }

  @Test
  void motionsAreMovedVotedOnAndWithdrawn() {
    String motions = "/api/parliament/motions";
    grace
        .post(motions, "{\"reason\":\"new\"}", 200, "{\"id\":\"m-000003\"}")
        .post(
            motions,
            "{\"policy\":\"" + HASH + "\",\"reason\":\"new\"}",
            200,
            "{\"id\":\"m-000004\"}")
        .post(
            motions + "/m-000003/votes",
            "{\"vote\":\"against\",\"reason\":\"no\"}",
            200,
            "{\"id\":\"m-000003\",\"state\":\"lost\"}")
        .post(
            motions + "/m-000004/withdraw",
            "{\"reason\":\"mistake\"}",
            200,
            "{\"id\":\"m-000004\",\"state\":\"withdrawn\"}");

    var moved = Shell.at(grace).run("motion", "move", "-m", "new");
    var other = Shell.at(grace).run("motion", "move", "--policy", HASH, "-m", "new", "--json");
    var voted = Shell.at(grace).run("motion", "vote", "m-000003", "against", "-m", "no");
    var withdrawn = Shell.at(grace).run("motion", "withdraw", "m-000004", "-m", "mistake");

    assertTrue(moved.out().startsWith("Motion m-000003 is made."), moved.out());
    assertEquals("{\"id\":\"m-000004\"}\n", other.out());
    assertEquals("Your vote counts. Motion m-000003 is lost.\n", voted.out());
    assertEquals("Motion m-000004 is withdrawn.\n", withdrawn.out());
    grace.assertContractKept();
  }

  @Test
  void whoIsNoMemberIsToldSoWithStatus4() {
    grace.call(
        "POST",
        "/api/parliament/motions/m-000003/votes",
        Optional.of(FakeGrace.TOKEN),
        "{\"vote\":\"for\",\"reason\":\"yes\"}",
        403,
        "{\"detail\":\"zoe is no member of parliament\"}");

    var result = Shell.at(grace).run("motion", "vote", "m-000003", "for", "-m", "yes");

    assertEquals(4, result.status());
    assertTrue(result.err().startsWith("grace: zoe is no member of parliament\n"), result.err());
    grace.assertContractKept();
  }

  @Test
  void motionThatThereIsNotIsStatus5() {
    grace.get("/api/parliament/motions", Shell.answer("motions"));

    var result = Shell.at(grace).run("motion", "show", "m-000099");

    assertEquals(5, result.status());
    assertTrue(result.err().contains("grace motion --all"), result.err());
    grace.assertContractKept();
  }

  @Test
  void optionsBeforeTheNameOfAMotionsCommandCount() {
    grace
        .get("/api/parliament/motions", Shell.answer("motions"))
        .get("/api/log/entries?limit=500&subject=m-000003", Shell.answer("motion-entries"));

    var result = Shell.at(grace).run("motion", "--json", "show", "m-000003");

    assertTrue(result.out().startsWith("{\"parliament\":{"), result.out());
  }

  @Test
  void killSwitchIsThrownAndReleased() {
    grace
        .post("/api/pause", "{\"reason\":\"release\"}", 200, "{\"paused\":{\"by\":\"ann\"}}")
        .post("/api/resume", "{\"reason\":\"done\"}", 200, "{\"paused\":null}");

    assertEquals(0, Shell.at(grace).run("pause", "-m", "release").status());
    var result = Shell.at(grace).run("resume", "--reason", "done");

    assertEquals("GRACE is no longer paused.\n", result.out());
    grace.assertContractKept();
  }

  private void foretellApproval(String scope) {
    String body = "{\"hash\":\"" + HASH + "\",\"scope\":\"" + scope + "\",\"reason\":\"seen\"}";
    grace.get(RUN, Shell.answer("run-proposed")).post(RUN + "/approve", body, 200, DECIDED);
  }
}
