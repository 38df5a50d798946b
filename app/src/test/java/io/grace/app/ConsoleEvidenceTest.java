package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.OidcRig.Visitor;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What speaks for giving GRACE more autonomy: the shadow report, and the tests of playbooks.
class ConsoleEvidenceTest {
  private static void isWatched(Rig rig, String service) throws Exception {
    rig.post(
        Role.OPERATOR,
        "/api/health/ingest_signal",
        "{\"service\":\"" + service + "\",\"metric\":\"up\",\"value\":0}");
    Rig.await(
        service + " has a run",
        () ->
            rig.backend.snapshot().runs().values().stream()
                .anyMatch(r -> r.plan().service().value().equals(service)));
  }

  @Test
  void shadowReportCountsWhatWasOnlyWatched() throws Exception {
    try (var rig = new Rig(Map.of())) {
      isWatched(rig, "stock");

      JsonNode report = rig.get(Role.VIEWER, "/api/self_heal/shadow").json();

      assertEquals("ready", report.path("state").asString());
      assertEquals(report.path("entries"), report.path("read"));
      assertEquals(20, report.path("criteria").path("proposals").asInt());
      JsonNode row = report.path("items").path(0);
      assertEquals("stock", row.path("service").asString());
      assertEquals(1, row.path("proposals").asInt());
      assertTrue(row.path("missing").toString().contains("0 of 20 proposals"), row.toString());
    }
  }

  @Test
  void shadowReportSaysWhenTheJournalCannotBeRead(@TempDir Path directory) throws Exception {
    try (var oidc = new OidcRig(directory, "");
        var person = new Visitor()) {
      oidc.signIn(person);
      oidc.rig.backend.broken.set(true);

      HttpResponse<String> page = person.get(oidc.at("/learning/shadow"));

      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("The journal cannot be read now"), page.body());
      assertEquals(503, oidc.rig.get(Role.VIEWER, "/api/self_heal/shadow").status());
    }
  }

  @Test
  void shadowReportOfNothingSaysWhatToDo(@TempDir Path directory) throws Exception {
    try (var oidc = new OidcRig(directory, "");
        var person = new Visitor()) {
      oidc.signIn(person);

      String page = person.get(oidc.at("/learning/shadow")).body();

      assertTrue(page.contains("Nothing was observed"), page);
    }
  }

  @Test
  void testsSayWhatPassedAndWhichExpectationDidNotHold() throws Exception {
    try (var rig = new Rig(Map.of())) {
      JsonNode tests = rig.get(Role.VIEWER, "/api/playbooks/tests?playbook=restart_service").json();

      assertEquals("ready", tests.path("state").asString());
      assertEquals(2, tests.path("items").size());
      assertTrue(tests.path("items").path(0).path("passed").asBoolean(), tests.toString());
      JsonNode failed = tests.path("items").path(1);
      assertFalse(failed.path("passed").asBoolean());
      assertEquals("restart_service.yaml", failed.path("file").asString());
      assertTrue(
          failed.path("objections").path(0).asString().startsWith("outcome: expected succeeded"),
          failed.toString());
      assertTrue(
          tests.path("problems").toString().contains("there is no playbook 'no_such_playbook'"),
          tests.toString());
      assertFalse(tests.path("problems").toString().contains("/tests/"), tests.toString());
    }
  }

  @Test
  void playingTestsTouchesNothing() throws Exception {
    try (var rig = new Rig(Map.of())) {
      long before = rig.backend.head().index();

      assertEquals(200, rig.post(Role.OPERATOR, "/api/playbooks/tests", "{}").status());

      assertEquals(before, rig.backend.head().index());
      assertEquals(Map.of(), rig.backend.snapshot().runs());
    }
  }

  @Test
  void operatorPlaysThemAgainAndSeesWhatChanged(@TempDir Path directory) throws Exception {
    Path tests = Files.createDirectory(directory.resolve("mine"));
    write(tests, "failed");
    try (var oidc = new OidcRig(directory, "playbook_tests: [mine]\n");
        var person = new Visitor()) {
      oidc.signIn(person);
      var page = oidc.at("/playbooks/restart_service");
      assertTrue(person.get(page).body().contains("expected failed"));
      write(tests, "succeeded");
      assertTrue(person.get(page).body().contains("expected failed")); // Not by itself.

      HttpResponse<String> again = person.post(page, oidc.at("/playbooks/restart_service/tests"));

      assertEquals(303, again.statusCode());
      assertTrue(person.get(page).body().contains("All 1, played on simulated time"));
    }
  }

  private static void write(Path directory, String outcome) throws Exception {
    Files.writeString(
        directory.resolve("restart.yaml"),
        """
        apiVersion: grace/v1
        kind: PlaybookTest
        playbook: restart_service
        tests:
          - name: the service answers again
            metrics: {up: 0, error_ratio: 0}
            acts: {restart: {then: {up: 1}}}
            expect: {outcome: %s}
        """
            .formatted(outcome));
  }

  @Test
  void viewerSeesTestsAndHasNoButton(@TempDir Path directory) throws Exception {
    Path tests = Files.createDirectory(directory.resolve("mine"));
    write(tests, "succeeded");
    try (var oidc = new OidcRig(directory, "playbook_tests: [mine]\n");
        var person = new Visitor()) {
      oidc.provider.person.put("groups", List.of("everyone"));
      oidc.signIn(person);

      String page = person.get(oidc.at("/playbooks/restart_service")).body();

      assertTrue(page.contains("1 passed") || page.contains("All 1"), page);
      assertFalse(page.contains("Play them again"), page);
    }
  }

  @Test
  void withoutTestsThePageSaysWhereToPutThem(@TempDir Path directory) throws Exception {
    try (var oidc = new OidcRig(directory, "");
        var person = new Visitor()) {
      oidc.signIn(person);

      String page = person.get(oidc.at("/playbooks/restart_service")).body();

      assertTrue(page.contains("No tests are configured"), page);
      assertFalse(page.contains("Play them again"), page);
      assertEquals(
          "none",
          oidc.rig.get(Role.VIEWER, "/api/playbooks/tests").json().path("state").asString());
    }
  }
}
