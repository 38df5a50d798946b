package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MutationTest {
  private static final int SEEDS = Integer.getInteger("grace.seeds", 2000);
  private static final String ODD = "{}[]:,-#&*!|>'\"%@`\t\n \\\0\u0085\uFEFF\uD800é€09a~?.<=";
  private static final List<String> SNIPPETS =
      List.of(
          "&a",
          "*a",
          "!!set",
          "!x",
          "<<: ",
          "null",
          "[]",
          "{}",
          "-1",
          "1e999",
          ".nan",
          "1.5",
          "true",
          "''",
          "? ",
          "--- ",
          "...\n",
          "%YAML 9.9\n",
          "\"\\uZZZZ\"",
          "\"\\U7FFFFFFF\"",
          "a".repeat(300),
          "9".repeat(60),
          "env:X",
          "\u001b[31m",
          "- ",
          "*x: 1\n",
          "[[[[",
          "%TAG ! tag:x,2000:\n",
          "\"\\UFFFFFFFF\"",
          "\"\\uD800\"",
          "x: 1",
          "!<tag:yaml.org,2002:int> abc",
          "!!float x",
          "!!bool maybe");

  @Test
  void noTextEverThrows() {
    String example = Examples.text();
    for (int seed = 0; seed < SEEDS; seed++) {
      String text = mutated(example, new Random(seed));
      try {
        if (Examples.load(text, Map.of()) instanceof Loaded.Invalid(List<Problem> problems)) {
          assertFalse(problems.isEmpty());
          problems.forEach(p -> assertFalse(p.toString().contains("\n"), p.toString()));
        }
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void noTextOfAPlaybookEverThrows() throws Exception {
    String example = ExampleTest.builtIn();
    var known =
        new Known(Set.of(), MetricsReader.metrics(YamlReader.parse("x", "{}").cursor()).keySet());
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        var file = YamlReader.parse("p.yaml", mutated(example, new Random(seed)));
        SchemaCheck.PLAYBOOK.check(file);
        boolean isRead =
            new PlaybookReader(known, _ -> Optional.empty()).read(file.cursor()).isPresent();
        assertTrue(isRead || !file.problems().found().isEmpty(), "silent: seed " + seed);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static String mutated(String text, Random random) {
    var lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int line = random.nextInt(lines.size());
      String old = lines.get(line);
      int at = random.nextInt(old.length() + 1);
      switch (random.nextInt(8)) {
        case 0 -> lines.remove(line);
        case 1 -> lines.add(line, lines.get(random.nextInt(lines.size())));
        case 2 -> lines.set(line, old.substring(0, at));
        case 3 -> lines.set(line, "  " + old);
        case 4 -> lines.set(line, value(old, SNIPPETS.get(random.nextInt(SNIPPETS.size()))));
        case 5 -> lines.set(line, value(old, lines.get(random.nextInt(lines.size())).strip()));
        case 6 -> lines.set(line, insert(old, at, SNIPPETS.get(random.nextInt(SNIPPETS.size()))));
        default -> lines.set(line, insert(old, at, "" + ODD.charAt(random.nextInt(ODD.length()))));
      }
    }
    return String.join("\n", lines);
  }

  private static String value(String line, String value) {
    int colon = line.indexOf(": ");
    return colon < 0 ? line + value : line.substring(0, colon + 2) + value;
  }

  private static String insert(String line, int at, String snippet) {
    return line.substring(0, at) + snippet + line.substring(at);
  }
}
