package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every mistake that a step with structure can have, with the very words that a person reads; each
/// is one change of a sound playbook. See also [BadPlaybooksTest].
class BadStepsTest {
  private static final Path RICH = Path.of("src/test/resources/rich");

  @TempDir private Path directory = Path.of("");

  static Stream<Arguments> mistakes() throws IOException {
    String text = Files.readString(Path.of("src/test/resources/bad-steps.txt"));
    return Stream.of(text.split("\n====\n"))
        .map(m -> m.split("\n-->\n|\n\\?\\?\\?\n", -1))
        .map(parts -> Arguments.of(parts[0], parts[1], List.of(parts[2].strip().split("\n"))));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void everyMistakeIsSaidInTheseWords(String good, String bad, List<String> problems)
      throws IOException {
    String sound = Files.readString(RICH.resolve("playbooks/everything.yaml"));
    assertTrue(sound.contains(good), "not in the sound playbook: " + good);

    assertEquals(
        String.join("\n", problems), String.join("\n", problems(sound.replace(good, bad))));
  }

  /// `-Dgrace.update=true` writes what is said now; look at the difference.
  @Test
  void mistakesCanBeWrittenAnew() throws IOException {
    if (Boolean.getBoolean("grace.update")) {
      String sound = Files.readString(RICH.resolve("playbooks/everything.yaml"));
      var all = new ArrayList<String>();
      for (Arguments mistake : mistakes().toList()) {
        String good = String.valueOf(mistake.get()[0]);
        String bad = String.valueOf(mistake.get()[1]);
        String said = String.join("\n", problems(sound.replace(good, bad)));
        all.add(good + "\n-->\n" + bad + "\n???\n" + said);
      }
      Files.writeString(
          Path.of("src/test/resources/bad-steps.txt"), String.join("\n====\n", all) + "\n");
    }
  }

  @Test
  void noMistakeIsListedTwice() throws IOException {
    var all = mistakes().map(a -> a.get()[1] + " for " + a.get()[0]).toList();

    assertEquals(all.size(), all.stream().distinct().count());
    assertTrue(all.size() >= 40, "mistakes: " + all.size());
  }

  private List<String> problems(String playbook) throws IOException {
    Files.createDirectories(directory.resolve("playbooks"));
    for (String name : List.of("grace.yaml", "playbooks/restart_other.yaml")) {
      Files.writeString(directory.resolve(name), Files.readString(RICH.resolve(name)));
    }
    Files.writeString(directory.resolve("playbooks/everything.yaml"), playbook);
    return ConfigLoader.load(directory.resolve("grace.yaml"), Map.of())
            instanceof Loaded.Invalid(List<Problem> found)
        ? found.stream()
            .map(p -> p.toString().replaceFirst("^playbooks/everything.yaml:", ""))
            .toList()
        : List.of("none");
  }
}
