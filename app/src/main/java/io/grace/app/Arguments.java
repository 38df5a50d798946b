package io.grace.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// What the command line asks for. *Immutable.*
sealed interface Arguments {
  Path USUAL_CONFIG = Path.of("grace.yaml");

  record Serve(Path config) implements Arguments {}

  record Check(Path config, boolean asJson) implements Arguments {}

  record Help() implements Arguments {}

  /// @param why what was found and what was wanted
  record Wrong(String why) implements Arguments {}

  static Arguments of(List<String> words) {
    if (words.isEmpty()) {
      return new Wrong("no command; wanted serve or check");
    }
    String command = words.getFirst();
    if (List.of("help", "--help", "-h").contains(command)) {
      return new Help();
    }
    if (!command.equals("serve") && !command.equals("check")) {
      return new Wrong("unknown command '" + command + "'; wanted serve or check");
    }
    Path config = USUAL_CONFIG;
    boolean asJson = false;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--help") || word.equals("-h")) {
        return new Help();
      } else if (word.equals("--json") && command.equals("check")) {
        asJson = true;
      } else if (word.equals("--config") && i + 1 < words.size()) {
        i++;
        try {
          config = Path.of(words.get(i));
        } catch (InvalidPathException e) {
          return new Wrong("--config must be a path: " + e.getReason());
        }
      } else if (word.equals("--config")) {
        return new Wrong("--config needs a path");
      } else {
        return new Wrong(command + " does not know '" + word + "'");
      }
    }
    return command.equals("serve") ? new Serve(config) : new Check(config, asJson);
  }
}
