package io.grace.runtime.telemetry;

import io.grace.core.model.MetricId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Asks every instance whether it accepts a TCP connection. *Thread-safe.*
public final class TcpProbe implements TelemetrySource {
  private final Watch watch;
  private final Supplier<List<URI>> instances;
  private final MetricId latency;

  /// @param instances URLs with a host and a port, such as `tcp://127.0.0.1:5432`
  /// @param latency the metric, in ms, of the slowest instance's acceptance
  public TcpProbe(Watch watch, Supplier<List<URI>> instances, MetricId latency) {
    this.watch = watch;
    this.instances = instances;
    this.latency = latency;
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

  private double latencyMs(URI instance) throws IOException {
    long begun = System.nanoTime();
    try (var socket = new Socket()) {
      var address = new InetSocketAddress(instance.getHost(), instance.getPort());
      socket.connect(address, (int) Math.max(1, watch.timeout().toMillis()));
      return (System.nanoTime() - begun) / 1e6;
    }
  }
}
