package io.grace.runtime.telemetry;

import io.grace.core.model.MetricId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Asks every instance over HTTP whether it works: a complete 2xx answer in time says so.
/// *Thread-safe.*
public final class HttpProbe implements TelemetrySource {
  /// A health page is short; the rest is not read.
  private static final int ANSWER_BYTES_MAX = 64 * 1024;

  private final Watch watch;
  private final Supplier<List<URI>> instances;
  private final String path;
  private final Set<Integer> expected;
  private final MetricId latency;
  private final HttpClient client;

  /// @param instances base URLs, looked up at each use; no instance is `up` = 0
  /// @param path added to them, such as `/health`; may be empty
  /// @param expected the statuses that count as up; empty for every 2xx
  /// @param latency the metric, in ms, of the slowest instance's answer
  public HttpProbe(
      Watch watch,
      Supplier<List<URI>> instances,
      String path,
      Set<Integer> expected,
      MetricId latency,
      HttpClient client) {
    this.watch = watch;
    this.instances = instances;
    this.path = path;
    this.expected = Set.copyOf(expected);
    this.latency = latency;
    this.client = client;
  }

  @Override
  public String name() {
    return watch.name();
  }

  @Override
  public Duration interval() {
    return watch.interval();
  }

  @Override
  public List<Signal> collect(Instant now) throws InterruptedException {
    var latencies = AllAtOnce.ask(instances.get(), watch.timeout(), this::latencyMs);
    return Availability.of(watch, latency, latencies, now);
  }

  private double latencyMs(URI instance) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(instance + path)).build();
    long begun = System.nanoTime();
    var answer = Exchange.send(client, request, watch.timeout(), ANSWER_BYTES_MAX);
    if (!isExpected(answer.status())) {
      throw new IOException(instance + " answered " + answer.status());
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private boolean isExpected(int status) {
    return expected.isEmpty() ? status / 100 == 2 : expected.contains(status);
  }
}
