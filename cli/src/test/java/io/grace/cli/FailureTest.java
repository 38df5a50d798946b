package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong is one sentence, a next step and a status; never a stack trace.
class FailureTest {
  private FakeGrace grace;

  @BeforeEach
  void start() throws IOException {
    grace = new FakeGrace();
  }

  @AfterEach
  void stop() {
    grace.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 2", "401, 4", "403, 4", "404, 5", "409, 6", "412, 6", "422, 1", "429, 3", "500, 3",
    "503, 3"
  })
  void problemOfTheServerIsASentenceAndAStatus(int http, int status) {
    grace.call(
        "GET",
        "/api/status",
        Optional.of(FakeGrace.TOKEN),
        "",
        http,
        "{\"type\":\"urn:x\",\"title\":\"T\",\"status\":1,\"detail\":\"what was found\"}");

    var result = Shell.at(grace).run("status");

    assertEquals(status, result.status());
    var lines = result.err().lines().toList();
    assertEquals(2, lines.size());
    assertEquals("grace: what was found", lines.getFirst());
    assertTrue(lines.getLast().startsWith("  next: "));
    assertEquals("", result.out());
  }

  @Test
  void answerThatIsNoProblemBodyIsStillASentence() {
    grace.call(
        "GET", "/api/status", Optional.of(FakeGrace.TOKEN), "", 502, "<html>bad gateway</html>");

    var result = Shell.at(grace).run("status");

    assertTrue(result.err().startsWith("grace: GRACE answered 502 without a reason\n"));
    assertEquals(3, result.status());
  }

  @Test
  void goodAnswerThatIsNoJsonIsNotGrace() {
    grace.get("/api/status", "<html>welcome</html>");

    var result = Shell.at(grace).run("status", "--json");

    assertEquals(3, result.status());
    assertFalse(result.out().contains("welcome"));
  }

  @Test
  void nobodyThereIsStatus3() {
    grace.close();

    var result = Shell.at(grace).run("status");

    assertEquals(3, result.status());
    assertTrue(result.err().contains("the connection was refused"), result.err());
    assertTrue(result.err().contains("grace serve"), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "status --frobnicate",
        "status more",
        "why",
        "why ../status",
        "why ..",
        "why a/b",
        "runs a%2Fb",
        "approve run-1",
        "reject run-1 -m ",
        "learning --bucket 3d",
        "status --width 10",
        "smoke everything",
        "smoke --wait 0",
        "log",
        "motion m-000001",
        "motion show",
        "motion show a/b",
        "motion vote m-000001 -m why",
        "motion vote m-000001 maybe -m why",
        "motion vote m-000001 for",
        "motion move --policy abc -m why",
        "log tail --count 0",
        "completion fish"
      })
  void misuseIsStatus2AndAsksNobody(String command) {
    var result = Shell.at(grace).run(command.split(" ", -1));

    assertEquals(2, result.status());
    assertTrue(result.err().startsWith("grace: "), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    grace.assertContractKept();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "check", "demo", "bench", "warm"})
  void commandOfTheLauncherIsPointedTo(String command) {
    var result = Shell.at(grace).run(command);

    assertEquals(2, result.status());
    assertTrue(result.err().contains("./grace " + command), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "grace.example", "http://", "http://me:pw@host", "http://x?y=1", "a b"})
  void badAddressIsToldWithoutShowingIt(String url) {
    var result = Shell.at(grace).with("GRACE_URL", url).run("status");

    assertEquals(2, result.status());
    assertFalse(result.err().contains("pw"));
  }

  @Test
  void terminalIsNeverDrivenByTheServer() {
    String evil = "\\u001b]0;owned\\u0007\\u001b[2J\u009b2J\u202enever\\nline\\u0000";
    grace.call(
        "GET",
        "/api/status",
        Optional.of(FakeGrace.TOKEN),
        "",
        409,
        "{\"detail\":\"" + evil + "\"}");

    var result = Shell.at(grace).run("status");

    assertEquals("grace: ]0;owned[2J2Jnever line", result.err().lines().findFirst().orElse(""));
  }

  @Test
  void pagesHoldNoControlCharacterOfTheServer() {
    String name = "a\\u001b[31mb\\u0007\\u202ec\u009d\\td";
    grace.get(
        "/api/runs?state=open&limit=50",
        Shell.answer("runs").replace("restart_service", name).replace("run-0042", name));

    var result = Shell.at(grace).run("runs");

    assertEquals(0, result.status());
    assertTrue(result.out().contains("a[31mbc d"), result.out());
    assertTrue(result.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)));
  }

  @Test
  void answerWithoutAnyFieldStillMakesAPage() {
    grace.get("/api/status", "{}").get("/api/runs/r", "{}").get("/api/runs/r/story", "[]");

    assertEquals(0, Shell.at(grace).run("status").status());
    assertEquals(0, Shell.at(grace).run("why", "r").status());
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    for (var shell :
        Map.of(
                Shell.at(grace), false,
                Shell.at(grace).typing(""), true,
                Shell.at(grace).typing("").with("NO_COLOR", "1"), false,
                Shell.at(grace).typing("").with("TERM", "dumb"), false)
            .entrySet()) {
      grace.get("/api/status", Shell.answer("status-paused"));
      String out = shell.getKey().run("status").out();
      assertEquals(shell.getValue(), out.contains("\u001b["), out);
    }
    grace.get("/api/status", Shell.answer("status-paused"));
    assertFalse(Shell.at(grace).typing("").run("status", "--no-color").out().contains("\u001b["));
  }
}
