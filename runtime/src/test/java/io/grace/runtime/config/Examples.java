package io.grace.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Loads texts and the example that people copy from.
final class Examples {
  static final Path FILE = Path.of("../docs/examples/grace.yaml");

  private Examples() {}

  static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Loaded load(String text, Map<String, String> environment) {
    return ConfigLoader.load(
        YamlReader.parse("grace.yaml", text),
        environment,
        Path.of("../docs/examples").toAbsolutePath().normalize());
  }

  static Config valid(String text) {
    return valid(text, Map.of());
  }

  static Config valid(String text, Map<String, String> environment) {
    return switch (load(text, environment)) {
      case Loaded.Valid(Config config) -> config;
      case Loaded.Invalid(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }

  static List<String> problems(String text) {
    return problems(text, Map.of());
  }

  static List<String> problems(String text, Map<String, String> environment) {
    return switch (load(text, environment)) {
      case Loaded.Valid _ -> List.of();
      case Loaded.Invalid(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }
}
