package io.grace.runtime.ingest;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// OTLP metrics in protobuf as pages.
final class OtlpProtobuf {
  private OtlpProtobuf() {}

  /// @param needs whether anything is derived from samples of this name
  static List<OtlpPage> pages(ExportMetricsServiceRequest request, Predicate<String> needs) {
    var pages = new ArrayList<OtlpPage>();
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      Map<String, String> attributes = labels(resource.getResource().getAttributesList(), false);
      var page = new OtlpPage.Writer();
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        scope.getMetricsList().forEach(metric -> add(metric, needs, page));
      }
      pages.add(
          page.page(
              attributes.getOrDefault("service.name", ""),
              attributes.getOrDefault("service.instance.id", "")));
    }
    return pages;
  }

  private static void add(Metric metric, Predicate<String> needs, OtlpPage.Writer page) {
    String name = OtlpPage.plain(metric.getName());
    switch (metric.getDataCase()) {
      case GAUGE -> {
        if (needs.test(name)) {
          metric
              .getGauge()
              .getDataPointsList()
              .forEach(p -> page.add(name, labels(p.getAttributesList(), true), value(p), false));
        }
      }
      case SUM -> {
        boolean isDelta = isDelta(metric.getSum().getAggregationTemporality());
        if (needs.test(name)) {
          metric
              .getSum()
              .getDataPointsList()
              .forEach(p -> page.add(name, labels(p.getAttributesList(), true), value(p), isDelta));
        }
      }
      case HISTOGRAM -> {
        boolean isDelta = isDelta(metric.getHistogram().getAggregationTemporality());
        if (needs.test(name + "_bucket") || needs.test(name + "_count")) {
          metric
              .getHistogram()
              .getDataPointsList()
              .forEach(p ->
                  page.addHistogram(
                      name,
                      labels(p.getAttributesList(), true),
                      p.getExplicitBoundsList(),
                      p.getBucketCountsList(),
                      isDelta));
        }
      }
      default -> {} // Summaries and exponential histograms say nothing that is derived here.
    }
  }

  private static boolean isDelta(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  }

  private static double value(NumberDataPoint point) {
    return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
  }

  private static Map<String, String> labels(List<KeyValue> attributes, boolean isPlain) {
    var labels = new HashMap<String, String>();
    for (KeyValue attribute : attributes) {
      String key = isPlain ? OtlpPage.plain(attribute.getKey()) : attribute.getKey();
      labels.put(key, text(attribute.getValue()));
    }
    return labels;
  }

  private static String text(AnyValue value) {
    return Clean.text(
        switch (value.getValueCase()) {
          case STRING_VALUE -> value.getStringValue();
          case INT_VALUE -> Long.toString(value.getIntValue());
          case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
          case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
          default -> "";
        },
        250);
  }
}
