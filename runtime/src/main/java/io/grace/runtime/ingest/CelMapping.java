package io.grace.runtime.ingest;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Where alerts stand in JSON that only one source has, said in the Common Expression Language:
/// typed, bounded, without side effects. *Immutable.*
///
/// `items` yields a list of alerts out of `body`; without it the body is one alert. All other
/// expressions see the `item` and the `body`.
public final class CelMapping {
  /// Fields that every alert has.
  public static final Set<String> FIXED = Set.of("name", "service", "severity");

  public static final List<String> NEEDED = List.of("name", "service");

  private static final Set<String> TEXTS =
      Set.of("name", "service", "severity", "summary", "starts_at", "id");

  private static final int MOST_ITEMS = 10_000;
  private static final int LONGEST_EXPRESSION = 2_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .comprehensionMaxIterations(10_000)
          .maxExpressionCodePointSize(LONGEST_EXPRESSION)
          .maxParseRecursionDepth(50)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("body", SimpleType.DYN)
          .addVar("item", SimpleType.DYN)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final Map<String, CelRuntime.Program> programs = new LinkedHashMap<>();

  /// @throws IllegalArgumentException if an expression is wrong; see [#objection]
  public CelMapping(Map<String, String> expressions) {
    expressions.forEach((name, text) -> {
      try {
        programs.put(name, RUNTIME.createProgram(COMPILER.compile(text, name).getAst()));
      } catch (CelValidationException | CelEvaluationException e) {
        throw new IllegalArgumentException(name + " " + e.getMessage(), e);
      }
    });
  }

  /// What is wrong with an expression; empty if it may be used.
  public static Optional<String> objection(String name, String text) {
    Set<CelKind> wanted =
        switch (name) {
          case "items" -> Set.of(CelKind.LIST, CelKind.DYN);
          case "firing" -> Set.of(CelKind.BOOL, CelKind.DYN);
          case String n when TEXTS.contains(n) || n.startsWith("labels.") ->
              Set.of(CelKind.STRING, CelKind.DYN, CelKind.TIMESTAMP);
          default -> Set.of();
        };
    if (wanted.isEmpty()) {
      return Optional.of(
          "unknown field; there are items, firing, labels and " + TEXTS.stream().sorted().toList());
    }
    if (text.length() > LONGEST_EXPRESSION) {
      return Optional.of("has at most " + LONGEST_EXPRESSION + " characters: " + text.length());
    }
    try {
      CelAbstractSyntaxTree ast = COMPILER.compile(text, name).getAst();
      CelKind found = ast.getResultType().kind();
      return wanted.contains(found)
          ? Optional.empty()
          : Optional.of("must yield " + wantedFor(name) + ", not " + found);
    } catch (CelValidationException e) {
      return Optional.of("is no CEL expression: " + firstLine(e));
    }
  }

  private static String wantedFor(String name) {
    return switch (name) {
      case "items" -> "a list";
      case "firing" -> "true or false";
      default -> "a string";
    };
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /// @param now when alerts began that do not say so
  List<Told> read(JsonNode body, Instant now) throws Unreadable {
    Object whole = value(body);
    List<Object> items = new ArrayList<>();
    var program = programs.get("items");
    if (program == null) {
      items.add(whole);
    } else if (eval("items", program, Map.of("body", whole, "item", whole)) instanceof List<?> l) {
      items.addAll(l);
    } else {
      throw Unreadable.unacceptable("items must yield a list");
    }
    if (items.size() > MOST_ITEMS) {
      throw Unreadable.unacceptable(
          "a delivery has at most " + MOST_ITEMS + " alerts: " + items.size());
    }
    var told = new ArrayList<Told>(items.size());
    for (Object item : items) {
      told.add(told(Map.of("body", whole, "item", item), now));
    }
    return told;
  }

  private Told told(Map<String, Object> variables, Instant now) throws Unreadable {
    var labels = new LinkedHashMap<String, String>();
    for (String field : programs.keySet()) {
      if (field.startsWith("labels.")) {
        labels.put(field.substring("labels.".length()), text(field, variables));
      }
    }
    String name = text("name", variables);
    if (name.isEmpty()) {
      throw Unreadable.unacceptable("name must not be empty");
    }
    var firing = programs.get("firing");
    return new Told(
        name,
        Optional.of(text("service", variables)),
        text("severity", variables),
        firing == null || Boolean.TRUE.equals(eval("firing", firing, variables)),
        labels,
        text("summary", variables),
        Body.time(text("starts_at", variables), now));
  }

  private String text(String field, Map<String, Object> variables) throws Unreadable {
    var program = programs.get(field);
    return program == null ? "" : String.valueOf(eval(field, program, variables));
  }

  private static Object eval(
      String field, CelRuntime.Program program, Map<String, Object> variables) throws Unreadable {
    try {
      return program.eval(variables);
    } catch (CelEvaluationException e) {
      throw Unreadable.unacceptable(
          "map." + field + " does not fit this body: " + Clean.text(firstLine(e), 200));
    }
  }

  /// JSON as CEL has it: objects are maps, whole numbers are 64 bits wide.
  private static Object value(JsonNode node) {
    if (node.isObject()) {
      var map = new HashMap<String, Object>();
      node.properties().forEach(m -> map.put(m.getKey(), value(m.getValue())));
      return map;
    }
    if (node.isArray()) {
      var list = new ArrayList<Object>();
      node.forEach(item -> list.add(value(item)));
      return list;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    return node.isNull() ? NullValue.NULL_VALUE : node.asString("");
  }
}
