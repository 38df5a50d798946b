package io.grace.runtime.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// OTLP metrics in JSON as pages: names in lowerCamelCase, 64-bit numbers as texts, enumerations as
/// numbers, as *OTLP, JSON Protobuf Encoding* asks for.
final class OtlpJson {
  private static final int DELTA = 1;

  private OtlpJson() {}

  /// @param needs whether anything is derived from samples of this name
  static List<OtlpPage> pages(JsonNode root, Predicate<String> needs) throws Unreadable {
    if (!root.path("resourceMetrics").isArray()) {
      throw Unreadable.malformed("resourceMetrics must be a list");
    }
    var pages = new ArrayList<OtlpPage>();
    for (JsonNode resource : root.path("resourceMetrics")) {
      Map<String, String> attributes = labels(resource.path("resource").path("attributes"), false);
      var page = new OtlpPage.Writer();
      for (JsonNode scope : resource.path("scopeMetrics")) {
        for (JsonNode metric : scope.path("metrics")) {
          add(metric, needs, page);
        }
      }
      pages.add(
          page.page(
              attributes.getOrDefault("service.name", ""),
              attributes.getOrDefault("service.instance.id", "")));
    }
    return pages;
  }

  private static void add(JsonNode metric, Predicate<String> needs, OtlpPage.Writer page) {
    String name = OtlpPage.plain(Body.text(metric, "name"));
    if (needs.test(name)) {
      for (JsonNode point : metric.path("gauge").path("dataPoints")) {
        page.add(name, labels(point.path("attributes"), true), value(point), false);
      }
      JsonNode sum = metric.path("sum");
      for (JsonNode point : sum.path("dataPoints")) {
        page.add(name, labels(point.path("attributes"), true), value(point), isDelta(sum));
      }
    }
    if (needs.test(name + "_bucket") || needs.test(name + "_count")) {
      JsonNode histogram = metric.path("histogram");
      for (JsonNode point : histogram.path("dataPoints")) {
        var bounds = new ArrayList<Double>();
        point.path("explicitBounds").forEach(b -> bounds.add(number(b)));
        var counts = new ArrayList<Long>();
        point.path("bucketCounts").forEach(c -> counts.add((long) number(c)));
        page.addHistogram(
            name, labels(point.path("attributes"), true), bounds, counts, isDelta(histogram));
      }
    }
  }

  private static boolean isDelta(JsonNode data) {
    JsonNode temporality = data.path("aggregationTemporality");
    return temporality.isNumber()
        ? temporality.intValue() == DELTA
        : temporality.asString("").endsWith("_DELTA");
  }

  private static double value(JsonNode point) {
    return point.has("asInt") ? number(point.path("asInt")) : number(point.path("asDouble"));
  }

  private static double number(JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    try {
      return Double.parseDouble(node.asString("NaN"));
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private static Map<String, String> labels(JsonNode attributes, boolean isPlain) {
    var labels = new HashMap<String, String>();
    for (JsonNode attribute : attributes) {
      String key = Body.text(attribute, "key");
      for (JsonNode value : attribute.path("value")) {
        if (value.isString() || value.isNumber() || value.isBoolean()) {
          labels.put(isPlain ? OtlpPage.plain(key) : key, Clean.text(value.asString(""), 250));
        }
      }
    }
    return labels;
  }
}
