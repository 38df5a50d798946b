package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A playbook with everything that there is, and its tests, as a team would write them.
class RichPlaybookTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/rich");

  private static Config config() {
    var loaded = ConfigLoader.load(DIRECTORY.resolve("grace.yaml"), Map.of());
    return assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString()).config();
  }

  @TestFactory
  List<DynamicTest> everyTestOfItPasses() {
    var report = PlaybookTests.run(config(), DIRECTORY.resolve("tests.yaml"));

    assertEquals(List.of(), report.problems());
    return report.cases().stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.name(),
                () ->
                    assertTrue(
                        c.passed(), () -> c.objections() + "\n" + String.join("\n", c.story()))))
        .toList();
  }

  @Test
  void aTestThatIsNotMetSaysHow() throws IOException {
    String tests = Files.readString(DIRECTORY.resolve("tests.yaml"));
    var broken = Files.createTempFile("tests", ".yaml");
    Files.writeString(broken, tests.replace("outcome: succeeded", "outcome: rolled_back"));

    var cases = PlaybookTests.run(config(), broken).cases();
    Files.delete(broken);

    var objections =
        cases.stream().flatMap(c -> c.objections().stream()).collect(Collectors.toList());
    assertTrue(
        objections.stream().anyMatch(o -> o.startsWith("outcome: expected rolled_back, is succ")),
        objections.toString());
    assertTrue(PlaybookTests.junit(cases).contains("<failure message=\"outcome: expected"));
  }
}
