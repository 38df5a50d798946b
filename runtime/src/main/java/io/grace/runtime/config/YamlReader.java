package io.grace.runtime.config;

import io.grace.runtime.config.Problems.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.node.MissingNode;

/// Reads YAML 1.2 (its JSON schema: only `true`, `false`, `null` and numbers are not texts) within
/// limits. A file that cannot be read is a problem of that file and never an exception.
final class YamlReader {
  /// People write configuration by hand; more is a mistake or an attack.
  static final int MOST_BYTES = 1024 * 1024;

  /// The deepest value of a valid file is at 10.
  private static final int DEEPEST = 40;

  private static final int LONGEST_REASON = 160;

  /// More than the parser looks ahead.
  private static final int EDGE = 16;

  /// The tree has a bound of its own, with a better message.
  private static final int MOST_ALIASES = 1_000;

  private YamlReader() {}

  /// The parser (3.0.1) fails on a character beyond 16 bits at the edge of its buffer, so the
  /// buffer holds the whole text.
  private static LoadSettings settings(String text) {
    return LoadSettings.builder()
        .setAllowDuplicateKeys(true)
        .setMaxAliasesForCollections(MOST_ALIASES)
        .setCodePointLimit(MOST_BYTES)
        .setBufferSize(text.length() + EDGE)
        .build();
  }

  static YamlFile read(Path path, String name) {
    byte[] bytes;
    try (var in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException _) {
      return unreadable(name, "there is no such file");
    } catch (IOException e) {
      return unreadable(name, "cannot be read: " + e.getClass().getSimpleName());
    }
    if (bytes.length > MOST_BYTES) {
      return unreadable(name, "must be at most 1 MiB");
    }
    try {
      return parse(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return unreadable(name, "must be UTF-8 text");
    }
  }

  static YamlFile parse(String name, String text) {
    try {
      var tooDeep = tooDeep(text);
      if (tooDeep.isPresent()) {
        return broken(name, tooDeep.get(), "must be nested at most " + DEEPEST + " deep");
      }
      var places = new HashMap<String, Place>();
      var problems = new Problems(name, places);
      var top = new Compose(settings(text)).composeString(text);
      if (top.isEmpty()) {
        return unreadable(name, "is empty");
      }
      var root = new YamlTree(places, problems).convert(top.get());
      return new YamlFile(name, root, places, problems);
    } catch (MarkedYamlEngineException e) {
      var place = e.getProblemMark().or(e::getContextMark).map(YamlReader::place);
      return broken(name, place.orElse(Place.START), "is not YAML: " + oneLine(e.getProblem()));
    } catch (YamlEngineException e) {
      return unreadable(name, "is not YAML: " + oneLine(String.valueOf(e.getMessage())));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // The parser lets some malformed escapes and directives through to the JDK.
      return unreadable(name, "is not YAML: malformed escape or directive");
    }
  }

  /// The composer recurses, so the depth is checked on the flat events first.
  private static Optional<Place> tooDeep(String text) {
    int depth = 0;
    for (var event : new Parse(settings(text)).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        return Optional.of(event.getStartMark().map(YamlReader::place).orElse(Place.START));
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return Optional.empty();
  }

  static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String oneLine(String problem) {
    String shown = Shown.text(problem.replace('\n', ' '), LONGEST_REASON);
    return shown.substring(1, shown.length() - 1);
  }

  private static YamlFile unreadable(String name, String message) {
    return broken(name, Place.NOWHERE, message);
  }

  private static YamlFile broken(String name, Place place, String message) {
    var places = Map.of("", place);
    var problems = new Problems(name, places);
    problems.form("", message);
    return new YamlFile(name, MissingNode.getInstance(), places, problems);
  }
}
