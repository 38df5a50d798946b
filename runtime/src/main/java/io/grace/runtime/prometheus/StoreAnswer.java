package io.grace.runtime.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What a store answered to a query, as *Prometheus, HTTP API* describes it. *Immutable.*
///
/// @param isPartial whether the store said that something is missing
record StoreAnswer(List<Row> rows, boolean isPartial, String said) {
  /// One series with its points, the oldest first.
  record Row(Map<String, String> labels, List<Point> points) {}

  /// @param value may be NaN or infinite
  record Point(double seconds, double value) {}

  /// An answer that is no such thing, or says that the query is wrong.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MOST_ROWS = 100_000;

  /// @throws Refused if the store reports an error, or answers something else
  static StoreAnswer parse(String text) throws Refused {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      return new Reading(in).answer();
    } catch (JacksonException e) {
      throw new Refused("the answer is no JSON of the query API: " + e.getOriginalMessage());
    }
  }

  /// Reads one answer from left to right, without a tree. Owned by the thread that reads.
  private static final class Reading {
    private final JsonParser in;
    private final List<Row> rows = new ArrayList<>();
    private String status = "";
    private String error = "";
    private String warning = "";
    private boolean isPartial;

    Reading(JsonParser in) {
      this.in = in;
    }

    StoreAnswer answer() throws Refused {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new Refused("the answer is no JSON object");
      }
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "status" -> status = in.getValueAsString("");
          case "error" -> error = in.getValueAsString("");
          case "data" -> data();
          case "warnings" -> {
            isPartial |= in.currentToken() == JsonToken.START_ARRAY;
            warnings();
          }
          default -> in.skipChildren();
        }
      }
      if (!status.equals("success")) {
        throw new Refused(error.isEmpty() ? "status is '" + status + "'" : error);
      }
      return new StoreAnswer(List.copyOf(rows), isPartial && !warning.isEmpty(), warning);
    }

    private void warnings() {
      if (in.currentToken() != JsonToken.START_ARRAY) {
        in.skipChildren();
        return;
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (warning.isEmpty()) {
          warning = in.getValueAsString("");
        }
        in.skipChildren();
      }
    }

    private void data() throws Refused {
      if (in.currentToken() != JsonToken.START_OBJECT) {
        in.skipChildren();
        return;
      }
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals("result") && in.currentToken() == JsonToken.START_ARRAY) {
          result();
        } else {
          in.skipChildren();
        }
      }
    }

    /// A list of series, or the two parts of a scalar.
    private void result() throws Refused {
      JsonToken first = in.nextToken();
      if (first != null && first.isNumeric()) {
        double at = in.getDoubleValue();
        in.nextToken();
        rows.add(new Row(Map.of(), List.of(new Point(at, number(in.getValueAsString(""))))));
        in.nextToken();
        return;
      }
      for (JsonToken token = first; token == JsonToken.START_OBJECT; token = in.nextToken()) {
        if (rows.size() >= MOST_ROWS) {
          throw new Refused("more than " + MOST_ROWS + " series");
        }
        row();
      }
    }

    private void row() throws Refused {
      Map<String, String> labels = Map.of();
      List<Point> points = new ArrayList<>(1);
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "metric" -> labels = labels();
          case "value" -> points.add(point());
          case "values" -> {
            while (in.nextToken() == JsonToken.START_ARRAY) {
              points.add(point());
            }
          }
          default -> in.skipChildren();
        }
      }
      rows.add(new Row(labels, points));
    }

    private Map<String, String> labels() {
      var labels = new HashMap<String, String>();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        labels.put(name, in.getValueAsString(""));
      }
      return labels;
    }

    private Point point() throws Refused {
      in.nextToken();
      double at = in.getValueAsDouble(Double.NaN);
      in.nextToken();
      double value = number(in.getValueAsString(""));
      if (in.nextToken() != JsonToken.END_ARRAY || Double.isNaN(at)) {
        throw new Refused("a point must be [seconds, \"value\"]");
      }
      return new Point(at, value);
    }

    private static double number(String text) throws Refused {
      return switch (text) {
        case "NaN" -> Double.NaN;
        case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> {
          try {
            yield Double.parseDouble(text);
          } catch (NumberFormatException e) {
            throw new Refused(
                "a value must be a number: " + text.substring(0, Math.min(40, text.length())));
          }
        }
      };
    }
  }
}
