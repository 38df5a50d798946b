package io.grace.cli.client;

import io.grace.cli.text.Clean;
import io.grace.cli.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A part of an answer of the server, read without trust: what is absent reads as absent, and every
/// text comes out clean. *Immutable.*
///
/// The API writes `caused_by` where the journal's payloads write `causedBy`; asking for the former
/// finds both.
public final class Doc {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Nothing at all.
  public static final Doc NONE = new Doc(MissingNode.getInstance());

  private final JsonNode node;

  private Doc(JsonNode node) {
    this.node = node;
  }

  /// Empty if it is not JSON.
  public static Optional<Doc> parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.isMissingNode() ? Optional.empty() : Optional.of(new Doc(node));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /// The JSON of a request.
  public static String write(Map<String, ?> body) {
    return JSON.writeValueAsString(body);
  }

  public Doc at(String name) {
    JsonNode found = node.path(name);
    if (found.isMissingNode() && name.indexOf('_') > 0) {
      found = node.path(camelCase(name));
    }
    return new Doc(isValue(found) ? found.path("value") : found);
  }

  /// The journal writes a typed value as `{"type": ..., "value": ...}`.
  private static boolean isValue(JsonNode node) {
    return node.isObject()
        && node.has("value")
        && (node.size() == 1 || (node.size() == 2 && node.has("type")));
  }

  private static String camelCase(String name) {
    var camel = new StringBuilder();
    boolean isUp = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        isUp = true;
      } else {
        camel.append(isUp ? Character.toUpperCase(c) : c);
        isUp = false;
      }
    }
    return camel.toString();
  }

  public boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  public boolean isObject() {
    return node.isObject();
  }

  public boolean isText() {
    return node.isString();
  }

  public List<Doc> items(String name) {
    return at(name).items();
  }

  public List<Doc> items() {
    return node.isArray() ? node.valueStream().map(Doc::new).toList() : List.of();
  }

  public SequencedMap<String, Doc> fields() {
    var fields = new LinkedHashMap<String, Doc>();
    if (node.isObject()) {
      node.properties().forEach(p -> fields.put(Clean.text(p.getKey()), new Doc(p.getValue())));
    }
    return fields;
  }

  /// Clean; `-` if there is none.
  public String text(String name) {
    return at(name).text();
  }

  public String text() {
    if (!isPresent()) {
      return "-";
    }
    if (node.isNumber()) {
      return Figures.number(node.doubleValue());
    }
    return Clean.text(node.isString() ? node.stringValue() : node.toString());
  }

  /// A word of a closed choice, in lower case.
  public String word(String name) {
    return text(name).toLowerCase(Locale.ROOT);
  }

  public Optional<String> maybe(String name) {
    Doc found = at(name);
    return found.isPresent() ? Optional.of(found.text()) : Optional.empty();
  }

  /// Exactly as it came, for sending it back.
  public Optional<String> raw(String name) {
    return Optional.of(at(name).node).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  public long whole(String name) {
    return at(name).node.asLong(0);
  }

  public double number(String name) {
    return at(name).node.asDouble(0);
  }

  public boolean isTrue(String name) {
    return at(name).node.asBoolean(false);
  }

  /// A time of day as people read it; `-` if there is none.
  public String moment(String name) {
    return instant(name).map(Figures::moment).orElseGet(() -> text(name));
  }

  public Optional<Instant> instant(String name) {
    try {
      return maybe(name).map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// A duration given as `name_ms`; `-` if there is none.
  public String duration(String name) {
    Doc found = at(name + "_ms");
    return found.isPresent() ? Figures.duration(Duration.ofMillis(found.node.asLong(0))) : "-";
  }

  /// Itself, or what its text holds if that is JSON: payloads come either way.
  public Doc unfolded() {
    return isText() ? parse(node.stringValue()).orElse(this) : this;
  }
}
