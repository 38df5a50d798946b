package io.grace.runtime.config;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.runtime.config.ScrapeConfig.Derivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what is measured.
final class TelemetryReader {
  private static final List<String> KINDS = List.of("gauge", "rate", "ratio", "quantile");

  private final Known known;
  private final Targets targets;

  TelemetryReader(Known known, Targets targets) {
    this.known = known;
    this.targets = targets;
  }

  TelemetryConfig read(Cursor telemetry) {
    var probes = new ArrayList<ProbeConfig>();
    probes.addAll(telemetry.at("http_probes").list(this::http));
    probes.addAll(telemetry.at("tcp_probes").list(this::tcp));
    probes.addAll(telemetry.at("process_probes").list(this::process));
    return new TelemetryConfig(probes, telemetry.at("prometheus").list(this::scrape));
  }

  private Optional<ProbeConfig> http(Cursor cursor) {
    Set<Integer> expected =
        cursor.at("expected").isThere()
            ? cursor.at("expected").items().stream()
                .map(c -> c.whole(200))
                .collect(Collectors.toSet())
            : Set.of(200);
    return both(service(cursor), targets.read(cursor))
        .flatMap(it ->
            cursor.make(() ->
                new ProbeConfig.Http(
                    it.service(),
                    it.where(),
                    path(cursor, "/health"),
                    expected,
                    cursor.at("interval").duration(Timing.INTERVAL),
                    cursor.at("timeout").duration(Timing.TIMEOUT))));
  }

  private Optional<ProbeConfig> tcp(Cursor cursor) {
    return both(service(cursor), targets.tcp(cursor))
        .flatMap(it ->
            cursor.make(() ->
                new ProbeConfig.Tcp(
                    it.service(),
                    it.where(),
                    cursor.at("interval").duration(Timing.INTERVAL),
                    cursor.at("timeout").duration(Timing.TIMEOUT))));
  }

  private Optional<ProbeConfig> process(Cursor cursor) {
    return service(cursor)
        .flatMap(service ->
            cursor.make(() ->
                new ProbeConfig.Process(service, cursor.at("interval").duration(Timing.INTERVAL))));
  }

  private Optional<ScrapeConfig> scrape(Cursor cursor) {
    var derivations = cursor.at("derive").list(TelemetryReader::derivation);
    return both(service(cursor), targets.read(cursor))
        .flatMap(it ->
            cursor.make(() ->
                new ScrapeConfig(
                    it.service(),
                    it.where(),
                    path(cursor, "/metrics"),
                    cursor.at("interval").duration(Timing.INTERVAL),
                    cursor.at("timeout").duration(Timing.TIMEOUT),
                    derivations)));
  }

  /// The metrics that are measured besides the declared ones.
  static List<MetricId> metrics(Cursor telemetry, Cursor sources) {
    return Stream.of(
            derived(telemetry.at("prometheus"), "derive"),
            derived(sources, "derive"),
            derived(telemetry.at("stores"), "signals"))
        .flatMap(it -> it)
        .flatMap(c -> c.at("metric").make(() -> new MetricId(c.at("metric").text(""))).stream())
        .toList();
  }

  private static Stream<Cursor> derived(Cursor list, String member) {
    return list.items().stream().flatMap(it -> it.at(member).items().stream());
  }

  static Optional<Derivation> derivation(Cursor cursor) {
    var said = KINDS.stream().filter(kind -> cursor.at(kind).isThere()).toList();
    if (said.size() != 1) {
      cursor.problem("needs exactly one of " + String.join(", ", KINDS));
      return Optional.empty();
    }
    var metric = cursor.at("metric").make(() -> new MetricId(cursor.at("metric").text("")));
    double scale = cursor.at("scale").decimal(1);
    var by = cursor.at(said.getFirst());
    return metric.flatMap(name ->
        switch (said.getFirst()) {
          case "gauge" -> series(by).map(s -> new Derivation.Gauge(name, s, scale));
          case "rate" -> series(by).map(s -> new Derivation.Rate(name, s, scale));
          case "ratio" ->
              series(by.at("of"))
                  .flatMap(part ->
                      series(by.at("to"))
                          .map(whole -> new Derivation.Ratio(name, part, whole, scale)));
          default ->
              series(by.at("of"))
                  .map(s -> new Derivation.Quantile(name, s, by.at("q").decimal(0.5), scale));
        });
  }

  private static Optional<Selector> series(Cursor cursor) {
    return cursor.make(() -> Selector.parse(cursor.text("")));
  }

  private Optional<ServiceId> service(Cursor cursor) {
    return known.service(cursor.at("service"));
  }

  private static String path(Cursor cursor, String fallback) {
    String path = cursor.at("path").text(fallback);
    if (!path.startsWith("/")) {
      cursor.at("path").problem("must begin with /: " + Shown.text(path));
    }
    return path;
  }

  private record Both<T>(ServiceId service, T where) {}

  private static <T> Optional<Both<T>> both(Optional<ServiceId> service, Optional<T> where) {
    return service.flatMap(s -> where.map(w -> new Both<>(s, w)));
  }
}
