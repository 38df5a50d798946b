package io.grace.runtime.config;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Holds a file against a JSON Schema (draft 2020-12) of GRACE and says in plain words what does
/// not fit. *Thread-safe.*
final class SchemaCheck {
  static final SchemaCheck CONFIG = resource("/schema/grace.schema.json");
  static final SchemaCheck PLAYBOOK = resource("/schema/playbook.schema.json");

  static final SchemaCheck TESTS = resource("/schema/playbook-test.schema.json");

  static final SchemaCheck DOMAIN = resource("/schema/domain.schema.json");

  private final Schema schema;

  private SchemaCheck(Schema schema) {
    this.schema = schema;
  }

  private static SchemaCheck resource(String resource) {
    try (var in = SchemaCheck.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the class path: " + resource);
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SchemaCheck of(String json) {
    return new SchemaCheck(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(json, InputFormat.JSON));
  }

  /// Looks at every part of it at once, such as of a schema that is not ours.
  ///
  /// @throws com.networknt.schema.SchemaException if a part makes no sense
  static SchemaCheck whole(String json) {
    var check = of(json);
    check.schema.initializeValidators();
    return check;
  }

  void check(YamlFile file) {
    check(file.cursor());
  }

  /// Holds a part of a file against it.
  void check(Cursor cursor) {
    if (!cursor.isThere()) {
      return;
    }
    var problems = cursor.problems();
    var brokenBefore = problems.broken();
    for (Error error : schema.validate(cursor.node())) {
      String pointer = cursor.pointer() + error.getInstanceLocation();
      if (brokenBefore.contains(pointer)) {
        continue;
      }
      var around = around(error);
      if (error.getKeyword().equals("additionalProperties")) {
        String key = String.valueOf(error.getProperty());
        problems.form(
            Pointers.child(pointer, key),
            "unknown key" + Nearest.hint(key, names(around.path("properties"))));
      } else {
        problems.form(pointer, message(error, around, pointer));
      }
    }
  }

  /// The schema object that the violated keyword stands in.
  private JsonNode around(Error error) {
    String keyword = error.getSchemaLocation().getFragment().toString();
    return schema.getSchemaNode().at(Pointers.parent(keyword));
  }

  private static String message(Error error, JsonNode around, String pointer) {
    String value = Shown.value(pointer, error.getInstanceNode());
    return switch (error.getKeyword()) {
      case "required" -> "lacks '" + error.getProperty() + "'";
      case "enum" -> "must be one of " + list(around.path("enum")) + value;
      case "const" -> "must be " + around.path("const").asString() + value;
      case "type" -> "must be " + wantedType(around) + value;
      case "pattern" -> "must be " + around.path("description").asString() + value;
      case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
          "must be " + range(around) + value;
      case "minItems", "minProperties" -> "must not be empty";
      case "maxItems", "maxProperties" -> "has too many entries";
      case "minLength" -> "must not be empty";
      case "maxLength" -> "is too long";
      case "uniqueItems" -> "must not name anything twice";
      default -> String.valueOf(error.getMessage());
    };
  }

  private static String wantedType(JsonNode around) {
    if (around.has("description") && around.has("pattern")) {
      return around.path("description").asString();
    }
    var type = around.path("type");
    return type.isArray()
        ? type.valueStream().map(t -> named(t.asString())).collect(Collectors.joining(" or "))
        : named(type.asString());
  }

  private static String named(String type) {
    return switch (type) {
      case "object" -> "a mapping";
      case "array" -> "a list";
      case "string" -> "a text";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      default -> type;
    };
  }

  private static String range(JsonNode around) {
    var parts = new ArrayList<String>();
    if (around.has("minimum") && around.has("maximum")) {
      return "from " + around.path("minimum") + " to " + around.path("maximum");
    }
    part(parts, around, "minimum", "at least ");
    part(parts, around, "exclusiveMinimum", "more than ");
    part(parts, around, "maximum", "at most ");
    part(parts, around, "exclusiveMaximum", "less than ");
    return String.join(" and ", parts);
  }

  private static void part(List<String> parts, JsonNode around, String keyword, String words) {
    if (around.has(keyword)) {
      parts.add(words + around.path(keyword));
    }
  }

  private static String list(JsonNode values) {
    return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
  }

  private static List<String> names(JsonNode properties) {
    return properties.properties().stream().map(Map.Entry::getKey).toList();
  }
}
