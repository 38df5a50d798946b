package io.grace.runtime.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.runtime.config.SourceConfig;
import io.grace.runtime.telemetry.Derivations;
import io.grace.runtime.telemetry.Pushed;
import io.grace.runtime.telemetry.Pushed.Sample;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// OpenTelemetry metrics over HTTP (OTLP 1.x, *OTLP/HTTP*), as protobuf or as JSON: gauges, sums
/// and histograms with explicit bounds. *Thread-safe.*
///
/// Names and attributes are read as OpenTelemetry's *Prometheus and OpenMetrics compatibility* maps
/// them, without the unit: `http.server.request.duration` is `http_server_request_duration`.
final class OtlpMetrics {
  static final String PROTOBUF = "application/x-protobuf";

  /// Delta series whose sums are kept; the one that was silent for longest is forgotten first.
  private static final int MOST_SUMS = 50_000;

  private final String source;
  private final Pushed pushed;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Map<String, Double> sums =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
          return size() > MOST_SUMS;
        }
      };

  OtlpMetrics(SourceConfig config) {
    this.source = "otlp " + config.id();
    this.pushed = new Pushed(config.derivations().stream().map(Derivations::of).toList());
  }

  List<Signal> read(Source.Request request, Instant now) throws Unreadable {
    List<OtlpPage> pages =
        request.contentType().startsWith(PROTOBUF)
            ? OtlpProtobuf.pages(protobuf(request.body()), pushed::needs)
            : OtlpJson.pages(Body.object(request.body()), pushed::needs);
    var signals = new ArrayList<Signal>();
    for (OtlpPage page : pages) {
      if (isName(page.service())) {
        signals.addAll(
            pushed.take(
                new ServiceId(page.service()),
                Clean.text(page.instance(), 200),
                cumulative(page),
                source,
                now));
      }
    }
    return signals;
  }

  private static ExportMetricsServiceRequest protobuf(byte[] body) throws Unreadable {
    try {
      return ExportMetricsServiceRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException _) {
      throw Unreadable.malformed("the body is no ExportMetricsServiceRequest in protobuf");
    }
  }

  private static boolean isName(String service) {
    try {
      return !new ServiceId(service).value().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// What was sent as an increase is added up, so that all counters read alike.
  private List<Sample> cumulative(OtlpPage page) {
    var samples = new ArrayList<Sample>(page.points().size());
    for (OtlpPage.Point point : page.points()) {
      double value = point.value();
      if (point.isDelta()) {
        String key = page.service() + "\n" + page.instance() + "\n" + point.name() + point.labels();
        lock.lock();
        try {
          value = sums.merge(key, value, Double::sum);
        } finally {
          lock.unlock();
        }
      }
      samples.add(new Sample(point.name(), point.labels(), value));
    }
    return samples;
  }
}
