package io.grace.domains.ml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A request of MLflow's API, read field by field as Protocol Buffers' JSON is: a number may be
/// written as a text, and a field that nobody knows is passed over. *Immutable.*
record Input(JsonNode json) {
  /// MLflow's own limits.
  private static final int KEY_MAX = 250;

  private static final int TAG_MAX = 8_000;

  String required(String field) throws Refused {
    Optional<String> found = text(field);
    if (found.isEmpty() || found.get().isEmpty()) {
      throw Refused.invalid(
          "Missing value for required parameter '"
              + field
              + "'. See the API docs for more information about request parameters.");
    }
    return found.get();
  }

  String text(String field, String otherwise) throws Refused {
    return text(field).orElse(otherwise);
  }

  Optional<String> text(String field) throws Refused {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isObject() || value.isArray()) {
      throw wrong(field, "a text", value);
    }
    return Optional.of(value.asString());
  }

  long whole(String field, long otherwise) throws Refused {
    Optional<String> found = text(field);
    if (found.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(found.get());
    } catch (NumberFormatException _) {
      throw wrong(field, "a whole number", json.path(field));
    }
  }

  long requiredWhole(String field) throws Refused {
    required(field);
    return whole(field, 0);
  }

  double requiredNumber(String field) throws Refused {
    try {
      return Double.parseDouble(required(field));
    } catch (NumberFormatException _) {
      throw wrong(field, "a number", json.path(field));
    }
  }

  boolean requiredFlag(String field) throws Refused {
    String found = required(field);
    if (!found.equals("true") && !found.equals("false")) {
      throw wrong(field, "true or false", json.path(field));
    }
    return found.equals("true");
  }

  /// A version's number, which is written as a text.
  int version() throws Refused {
    String found = required("version");
    if (!found.matches("\\d{1,9}")) {
      throw Refused.invalid("Model version must be an integer, got '" + found + "'");
    }
    return Integer.parseInt(found);
  }

  List<String> texts(String field, int most) throws Refused {
    List<String> all = texts(field);
    if (all.size() > most) {
      throw Refused.invalid(
          "A request can contain at most %d %s. Got %d.".formatted(most, field, all.size()));
    }
    return all;
  }

  List<String> texts(String field) throws Refused {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      return List.of(text(field, ""));
    }
    var all = new ArrayList<String>();
    for (JsonNode one : value) {
      if (one.isObject() || one.isArray() || one.isNull()) {
        throw wrong(field, "a list of texts", value);
      }
      all.add(one.asString());
    }
    return all;
  }

  List<Input> all(String field, int most) throws Refused {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(field, "a list", value);
    }
    if (value.size() > most) {
      throw Refused.invalid(
          "A request can contain at most %d %s. Got %d %s."
              .formatted(most, field, value.size(), field));
    }
    var all = new ArrayList<Input>();
    for (JsonNode one : value) {
      all.add(new Input(one));
    }
    return all;
  }

  Map<String, String> pairs(String field, int most) throws Refused {
    var pairs = new LinkedHashMap<String, String>();
    for (Input one : all(field, most)) {
      pairs.put(one.key(), one.value());
    }
    return pairs;
  }

  String key() throws Refused {
    String key = required("key");
    if (key.length() > KEY_MAX) {
      throw Refused.invalid("a key has at most " + KEY_MAX + " characters: " + key.length());
    }
    return key;
  }

  String value() throws Refused {
    String value = text("value", "");
    if (value.length() > TAG_MAX) {
      throw Refused.invalid("a value has at most " + TAG_MAX + " characters: " + value.length());
    }
    return value;
  }

  private static Refused wrong(String field, String wanted, JsonNode found) {
    return Refused.invalid(
        "Invalid value for parameter '%s': wanted %s, got %s".formatted(field, wanted, found));
  }
}
