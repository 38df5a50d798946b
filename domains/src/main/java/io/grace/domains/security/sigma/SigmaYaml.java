package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the documents of a YAML 1.2 text within limits: no duplicate keys, no aliases, no tags but
/// those of JSON.
final class SigmaYaml {
  /// The largest rule of the public collection has 70 KiB.
  static final int MOST_CHARS = 1024 * 1024;

  private static final int DEEPEST = 30;

  /// More than the parser looks ahead.
  private static final int EDGE = 16;

  private SigmaYaml() {}

  /// @throws Unusable if it is not YAML, or not a list of maps
  static List<Map<?, ?>> documents(String text) throws Unusable {
    if (text.length() > MOST_CHARS) {
      throw new Unusable("must be at most 1 MiB: " + text.length() + " characters");
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(MOST_CHARS)
            // The parser (3.0.1) fails on a character beyond 16 bits at the edge of its buffer.
            .setBufferSize(text.length() + EDGE)
            .build();
    try {
      checkShape(settings, text);
      List<Map<?, ?>> documents = new ArrayList<>();
      for (Object document : new Load(settings).loadAllFromString(text)) {
        if (!(document instanceof Map<?, ?> map)) {
          throw new Unusable("a document must be a map");
        }
        documents.add(map);
      }
      return documents;
    } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException e) {
      // The parser lets some malformed escapes and directives through to the JDK.
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new Unusable("is not YAML: " + message);
    }
  }

  /// The composer recurses, so the depth is checked on the flat events first.
  private static void checkShape(LoadSettings settings, String text) throws Unusable {
    int depth = 0;
    for (var event : new Parse(settings).parseString(text)) {
      if (event instanceof AliasEvent) {
        throw new Unusable("aliases are not allowed");
      }
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        throw new Unusable("must be nested at most " + DEEPEST + " deep");
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }
}
