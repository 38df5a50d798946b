package io.grace.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.Await;
import io.grace.runtime.Loopback;
import io.grace.runtime.http.Exchange;
import io.grace.runtime.process.InstanceRegistry;
import io.grace.runtime.process.ProcessHost;
import io.grace.runtime.process.ServiceCommand;
import io.grace.runtime.secrets.LocalSecrets;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final MetricId LATENCY = new MetricId("latency_ms");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Watch watch =
      new Watch("probe", ORDERS, Duration.ofSeconds(5), Duration.ofMillis(500));

  @Test
  void upIsTheShareOfInstancesThatAnswer() throws Exception {
    try (var good = new Loopback(Loopback.answering(200, "ok"));
        var bad = new Loopback(Loopback.answering(500, "no"));
        // Accepts connections and never answers, as a hung process does.
        var hung = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var silent = URI.create("http://127.0.0.1:" + hung.getLocalPort());
      long begun = System.nanoTime();

      var found = http(good.uri(), bad.uri(), silent, Loopback.nobody());

      assertEquals(0.25, found.get("up"));
      assertEquals(1.0, found.get("instances_up"));
      assertTrue(found.getOrDefault("latency_ms", -1.0) > 0);
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(4).toNanos());
      assertEquals("GET /health null ", good.requests.getFirst());
    }
  }

  @Test
  void downServiceIsAMeasurement() throws Exception {
    var down = Map.of("up", 0.0, "instances_up", 0.0);

    assertEquals(down, http(Loopback.nobody()));
    assertEquals(down, http());
    assertEquals(down, collect(new TcpProbe(watch, List::of, LATENCY)));
  }

  @Test
  void tcpProbeNeedsNoMoreThanAConnection() throws Exception {
    try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var uris = List.of(URI.create("tcp://127.0.0.1:" + socket.getLocalPort()), Loopback.nobody());

      var found = collect(new TcpProbe(watch, () -> uris, LATENCY));

      assertEquals(0.5, found.get("up"));
      assertTrue(found.getOrDefault("latency_ms", -1.0) > 0);
    }
  }

  @Test
  void crashedProcessCountsAsDownAndAStoppedOneIsForgotten(@TempDir Path dir) throws Exception {
    var command =
        new ServiceCommand(
            ORDERS, List.of("sleep", "300"), dir, Map.of(), 1, 2, Duration.ofSeconds(5), null);
    var host =
        new ProcessHost(
            dir.resolve("state"),
            new InstanceRegistry(dir),
            List.of(command),
            new LocalSecrets(),
            InstantSource.system());
    var probe = new ProcessProbe(watch, host);
    var soon = Instant.now().plusSeconds(20);
    assertEquals(Map.of("up", 0.0, "instances_up", 0.0), collect(probe));
    try {
      host.start(ORDERS, "k1", soon);
      host.scale(ORDERS, 1, "k2", soon);
      var both = collect(probe);
      assertEquals(1.0, both.get("up"));
      assertTrue(both.getOrDefault("rss_bytes", 0.0) > 100_000);

      var second = host.instances(ORDERS).get(1);
      second.process().orElseThrow().destroyForcibly();
      Await.until("it is dead", () -> !second.isAlive());
      assertEquals(0.5, collect(probe).get("up"));
    } finally {
      host.stop(ORDERS, Instant.now().plusSeconds(20));
    }
  }

  private Map<String, Double> http(URI... instances) throws InterruptedException {
    try (var client = Exchange.newClient()) {
      return collect(
          new HttpProbe(watch, () -> List.of(instances), "/health", Set.of(), LATENCY, client));
    }
  }

  private static Map<String, Double> collect(TelemetrySource source) throws InterruptedException {
    var found = new TreeMap<String, Double>();
    for (Signal signal : source.collect(NOW)) {
      assertEquals(NOW, signal.at());
      found.put(signal.metric().value(), signal.value());
    }
    return found;
  }
}
