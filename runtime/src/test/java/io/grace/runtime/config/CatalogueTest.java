package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Playbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The ready playbooks, and the guide to one's own, do what they say.
class CatalogueTest {
  private static final Path CATALOGUE = Path.of("../catalogue");
  private static final Path GUIDE = Path.of("../docs/authoring.md");

  /// A file of the guide: its name in bold, then its text.
  private static final Pattern FILE =
      Pattern.compile("\\*\\*`([a-z/_.]+)`\\*\\*\\n\\n```yaml\\n(.*?)```", Pattern.DOTALL);

  private static Config config() {
    var loaded = ConfigLoader.load(CATALOGUE.resolve("grace.yaml"), Map.of());
    return assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString()).config();
  }

  private static List<Playbook> ready(Config config) {
    return config.policy().playbooks().stream()
        .filter(p -> !PlaybookLibrary.BUILT_IN.contains(p.id().value()))
        .toList();
  }

  @Test
  void thereAreEnoughAndEachCanBePlanned() {
    var config = config();
    var plannable = new Plannable(config);

    assertTrue(ready(config).size() >= 25, "playbooks: " + ready(config).size());
    for (Playbook playbook : ready(config)) {
      assertEquals(Map.of(), never(plannable, playbook), playbook.id().value());
    }
  }

  private static Map<String, String> never(Plannable plannable, Playbook playbook) {
    var why = new TreeMap<String, String>();
    plannable.neverBecause(playbook).ifPresent(w -> why.put(playbook.id().value(), w));
    return why;
  }

  @TestFactory
  List<DynamicTest> everyTestOfEveryPlaybookPasses() throws IOException {
    var config = config();
    var tests = new ArrayList<DynamicTest>();
    var tested = new HashSet<String>();
    try (Stream<Path> files = Files.list(CATALOGUE.resolve("tests"))) {
      for (Path file : files.sorted().toList()) {
        var report = PlaybookTests.run(config, file);
        assertEquals(List.of(), report.problems());
        tested.add(report.cases().getFirst().playbook());
        assertTrue(report.cases().size() >= 2, file + " has a single test");
        report
            .cases()
            .forEach(c ->
                tests.add(
                    DynamicTest.dynamicTest(
                        c.playbook() + ": " + c.name(),
                        () ->
                            assertTrue(
                                c.passed(),
                                () -> c.objections() + "\n" + String.join("\n", c.story())))));
      }
    }
    ready(config)
        .forEach(p -> assertTrue(tested.contains(p.id().value()), p.id() + " has no test"));
    return tests;
  }

  @Test
  void everyProgramIsThereAndIsAProgramOfTheShell() throws Exception {
    for (ExecConfig program : config().providers().programs()) {
      Path name = program.program().getFileName();
      Path file = CATALOGUE.resolve("bin").resolve(name);
      assertTrue(Files.isExecutable(file), "no program " + file);
      var shell = new ProcessBuilder("sh", "-n", file.toString()).inheritIO().start();
      assertTrue(shell.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, shell.exitValue(), file.toString());
    }
  }

  @Test
  void theGuideGoesFromAnEmptyFileToATestedPlaybook(@TempDir Path directory) throws IOException {
    var files = FILE.matcher(Files.readString(GUIDE));
    int found = 0;
    while (files.find()) {
      Path file = directory.resolve(files.group(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, files.group(2));
      found++;
    }
    assertEquals(3, found, "files in the guide");

    var loaded = ConfigLoader.load(directory.resolve("grace.yaml"), Map.of());
    var config = assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString()).config();
    var report = PlaybookTests.run(config, directory.resolve("tests/drain_queue.yaml"));

    assertEquals(List.of(), report.problems());
    assertTrue(report.cases().size() >= 3);
    report.cases().forEach(c -> assertEquals(List.of(), c.objections(), c.name()));
  }
}
