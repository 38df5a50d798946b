package io.grace.lab.judgement;

import io.grace.intelligence.cause.MetricKind;
import io.grace.intelligence.cause.Worse;
import java.util.Locale;

/// What the usual names of metrics mean. Knows no service.
final class MetricNames {
  private MetricNames() {}

  static MetricKind kind(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "mem", "memory", "disk" -> MetricKind.STOCK;
      case "cpu", "io", "diskio", "network" -> MetricKind.USE;
      case "queue", "backlog" -> MetricKind.QUEUE;
      case "latency", "lat", "lat_50", "lat_90", "lat_95", "lat_99" -> MetricKind.LATENCY;
      case "availability", "error", "errors", "err", "loss" -> MetricKind.ERROR;
      case "requests", "load", "lod", "workload", "throughput" -> MetricKind.TRAFFIC;
      default -> MetricKind.OTHER;
    };
  }

  static Worse worse(String name) {
    return switch (kind(name)) {
      case STOCK, USE, QUEUE, LATENCY -> Worse.UP;
      case ERROR -> name.equalsIgnoreCase("availability") ? Worse.DOWN : Worse.UP;
      case TRAFFIC, OTHER -> Worse.EITHER;
    };
  }

  /// The kind of metric that shows a fault of this name.
  static boolean shows(String fault, String metric) {
    return switch (fault) {
      case "cpu" -> metric.equals("cpu");
      case "mem" -> metric.equals("mem");
      case "disk" -> metric.startsWith("disk") || metric.equals("io");
      case "delay" -> kind(metric) == MetricKind.LATENCY;
      case "loss" -> kind(metric) == MetricKind.LATENCY || kind(metric) == MetricKind.ERROR;
      default -> metric.equals(fault);
    };
  }
}
