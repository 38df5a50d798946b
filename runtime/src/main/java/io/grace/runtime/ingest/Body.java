package io.grace.runtime.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads foreign JSON within bounds.
final class Body {
  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 1_000_000;
  private static final int LONGEST_NUMBER = 100;

  /// Nothing in operations began before GRACE's grandparents.
  private static final Instant OLDEST = Instant.EPOCH;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Body() {}

  static JsonNode object(byte[] body) throws Unreadable {
    JsonNode node = json(body);
    if (!node.isObject()) {
      throw Unreadable.malformed("the body must be a JSON object");
    }
    return node;
  }

  static JsonNode json(byte[] body) throws Unreadable {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw Unreadable.malformed(
          "the body is not JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }
  }

  /// The members that are texts; numbers and flags read as they are written.
  static Map<String, String> texts(JsonNode object) {
    var texts = new LinkedHashMap<String, String>();
    object
        .properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          if (value.isString()) {
            texts.put(member.getKey(), value.stringValue());
          } else if (value.isNumber() || value.isBoolean()) {
            texts.put(member.getKey(), value.toString());
          }
        });
    return texts;
  }

  static String text(JsonNode object, String name) {
    return object.path(name).asString("");
  }

  /// A time as RFC 3339 writes it, in the precision of the journal; `otherwise` if there is none,
  /// or the zero of a language.
  static Instant time(String text, Instant otherwise) {
    return time(text).orElse(otherwise);
  }

  static Optional<Instant> time(String text) {
    try {
      Instant at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
      return at.isBefore(OLDEST) ? Optional.empty() : Optional.of(at);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
