package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
  private static final String PATH = "/api/incidents?state=open&limit=50";

  @TempDir private Path home;
  private FakeGrace grace;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    grace = new FakeGrace();
    shell = Shell.at(grace).without("GRACE_TOKEN").in(home);
  }

  @AfterEach
  void stop() {
    grace.close();
  }

  @Test
  void usualFileIsUsed() throws IOException {
    Files.createDirectory(home.resolve(".grace"));
    Files.writeString(home.resolve(".grace").resolve("token"), FakeGrace.TOKEN + "\n");
    grace.get(PATH, Shell.answer("nothing"));

    assertEquals(0, shell.run("incidents").status());
    grace.assertContractKept();
  }

  @Test
  void namedFileBeatsTheUsualOneAndTheVariableBeatsBoth() throws IOException {
    Files.createDirectory(home.resolve(".grace"));
    Files.writeString(home.resolve(".grace").resolve("token"), "usual");
    Path named = Files.writeString(home.resolve("named"), "named");
    answer("named");
    answer("direct");

    var named1 = shell.with("GRACE_TOKEN_FILE", named.toString());
    assertEquals(0, named1.run("incidents").status());
    assertEquals(0, named1.with("GRACE_TOKEN", "direct").run("incidents").status());
    grace.assertContractKept();
  }

  @Test
  void withoutATokenNoneIsSent() {
    grace.call("GET", PATH, Optional.empty(), "", 401, "{\"detail\":\"no token\"}");

    var result = shell.run("incidents");

    assertEquals(4, result.status());
    assertTrue(result.err().contains("set GRACE_TOKEN"), result.err());
    grace.assertContractKept();
  }

  @Test
  void tokenIsNeverShown() {
    var result = shell.with("GRACE_TOKEN", "two words").run("incidents");

    assertEquals(4, result.status());
    assertFalse(result.err().contains("words"), result.err());
    grace.assertContractKept();
  }

  @Test
  void missingNamedFileIsStatus4() {
    var result = shell.with("GRACE_TOKEN_FILE", home.resolve("none").toString()).run("incidents");

    assertEquals(4, result.status());
    grace.assertContractKept();
  }

  @Test
  void redirectIsNotFollowedWithTheToken() {
    grace.call("GET", PATH, Optional.of("t"), "", 302, "");

    assertEquals(1, shell.with("GRACE_TOKEN", "t").run("incidents").status());
    grace.assertContractKept();
  }

  private void answer(String token) {
    grace.call("GET", PATH, Optional.of(token), "", 200, Shell.answer("nothing"));
  }
}
