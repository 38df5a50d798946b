package io.grace.runtime.exec;

import static io.grace.core.govern.Warrants.action;
import static io.grace.core.govern.Warrants.warrant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.runtime.process.KeyLog;
import io.grace.runtime.secrets.LocalSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecProviderTest {
  @TempDir Path dir;

  @Test
  void argumentFillsExactlyOneElementAndNoShellSeesIt() throws Exception {
    var result = run("printf '<%s>' \"$@\"", "$(touch owned); a  b \" ' *");

    assertEquals(
        "tool ended with exit code 0: <orders><$(touch owned); a  b \" ' *><--end>",
        assertInstanceOf(Result.Done.class, result).detail());
    assertFalse(Files.exists(dir.resolve("owned")));
  }

  @Test
  void textThatLooksLikeAnOptionIsRefused() throws Exception {
    assertInstanceOf(Result.Failed.class, run("touch ran", "--config=evil"));
    assertFalse(Files.exists(dir.resolve("ran")));
  }

  @Test
  void programSeesDeclaredEnvironmentAndKeyOnly() throws Exception {
    var result = run("/usr/bin/env | /usr/bin/cut -d= -f1 | /usr/bin/sort | tr '\\n' ' '", "x");

    assertEquals(
        "tool ended with exit code 0: GRACE_IDEMPOTENCY_KEY PATH PWD TOKEN",
        result.detail().replace(" SHLVL", "").replace(" _", "").replace(" OLDPWD", ""));
  }

  @Test
  void exitCodesAreMapped() throws Exception {
    assertInstanceOf(Result.Done.class, run("exit 0", "x"));
    assertEquals(false, assertInstanceOf(Result.Failed.class, run("exit 3", "x")).passing());
    assertInstanceOf(Result.Unknown.class, run("exit 4", "x"));
    assertInstanceOf(Result.Unknown.class, run("kill -9 $$", "x"));
  }

  @Test
  void hungProgramIsKilledWithItsChildren() throws Exception {
    long begun = System.nanoTime();

    var result = run("trap '' TERM; sleep 300 & echo $!; wait", "x");

    var detail = assertInstanceOf(Result.Unknown.class, result).detail();
    long child = Long.parseLong(detail.substring(detail.lastIndexOf(' ') + 1));
    assertFalse(ProcessHandle.of(child).map(ExecProviderTest::isRunning).orElse(false));
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(10).toNanos());
  }

  @Test
  void childThatKeepsThePipeOpenDoesNotHoldUpTheResult() throws Exception {
    long begun = System.nanoTime();

    var result = run("sleep 5 & echo started", "x");

    assertInstanceOf(Result.Done.class, result);
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(4).toNanos());
  }

  @Test
  void outputIsBoundedAndItsControlCharactersAreSpelledOut() throws Exception {
    var result = run("printf '\\033[31mred\\n'; head -c 1000000 /dev/zero | tr '\\0' x", "x");

    assertTrue(result.detail().contains("\\u001b[31mred\\nxxx"));
    assertTrue(result.detail().length() < 600);
  }

  @Test
  void secretIsPassedAndBlottedOutOfTheOutput() throws Exception {
    var result = run("echo $TOKEN; [ $TOKEN = s3cret ]", "x");

    assertInstanceOf(Result.Done.class, result);
    assertFalse(result.detail().contains("s3cret"));
  }

  @Test
  void repeatedKeyDoesNotRunAgain() throws Exception {
    var provider = provider("echo x >> ran");
    var warrant = warrant("k", action("tool", "orders", arguments("x")), soon());

    provider.perform(warrant);
    provider.perform(warrant);

    assertEquals(List.of("x"), Files.readAllLines(dir.resolve("ran")));
  }

  @Test
  void programThatEverybodyMayWriteIsRefusedAtStartAndLater() throws Exception {
    var provider = provider("touch ran");
    Files.setPosixFilePermissions(
        dir.resolve("tool.sh"), PosixFilePermissions.fromString("rwxrwxrwx"));

    var result = provider.perform(warrant("k", action("tool", "orders", arguments("x")), soon()));

    assertInstanceOf(Result.Failed.class, result);
    assertFalse(Files.exists(dir.resolve("ran")));
    assertThrows(IllegalArgumentException.class, () -> providerOf(dir.resolve("tool.sh")));
    assertThrows(IllegalArgumentException.class, () -> providerOf(dir.resolve("none")));
  }

  @Test
  void placeholderMustBeDeclaredAndAnArgumentOfItsOwn() {
    assertThrows(IllegalArgumentException.class, () -> program(List.of("/bin/x", "--a={name}")));
    assertThrows(
        IllegalArgumentException.class, () -> program(List.of("/bin/x", "{name}", "{other}")));
    assertThrows(IllegalArgumentException.class, () -> program(List.of("x", "{name}")));
  }

  private Result run(String script, String name) throws Exception {
    var action = action("tool", "orders", arguments(name));
    return provider(script).perform(warrant("k" + script.hashCode(), action, soon()));
  }

  private ExecProvider provider(String script) throws IOException {
    var tool = Files.writeString(dir.resolve("tool.sh"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    return providerOf(tool);
  }

  private ExecProvider providerOf(Path tool) throws IOException {
    return new ExecProvider(
        List.of(program(List.of(tool.toString(), "{target}", "{name}", "--end"))),
        KeyLog.open(dir.resolve("keys.log")),
        new LocalSecrets(Map.of("SECRET", "s3cret")),
        InstantSource.system());
  }

  private DeclaredProgram program(List<String> argv) {
    return new DeclaredProgram(
        "tool",
        Set.of(new ServiceId("orders")),
        new ArrayList<>(argv),
        Map.of("name", new Bound.Matching("(?s).*")),
        Map.of("PATH", "/usr/bin:/bin", "TOKEN", "${env:SECRET}"),
        dir,
        Set.of(3),
        Impact.LOW,
        false,
        Duration.ofSeconds(2));
  }

  private static boolean isRunning(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException _) {
      return false;
    }
  }

  private static Map<String, Argument> arguments(String name) {
    return Map.of("name", new Argument.Text(name));
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(30);
  }
}
