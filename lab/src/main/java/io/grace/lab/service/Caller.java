package io.grace.lab.service;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls the instances of one service by turns, and leaves one that refuses connections alone for a
/// second. Thread-safe.
final class Caller {
  /// What a hop may take; the slow path of inventory fits in, a hung service does not.
  static final Duration HOP = Duration.ofSeconds(2);

  private static final long REREAD_NANOS = Duration.ofMillis(500).toNanos();
  private static final long SKIP_NANOS = Duration.ofSeconds(1).toNanos();

  private final ServiceName target;
  private final Registry registry;
  private final Duration timeout;
  private final HttpClient client;
  private final AtomicInteger turn = new AtomicInteger();

  /// Port to the time until which it is skipped; replaced ports are dropped when the registry is
  /// read.
  private final Map<Integer, Long> skipUntil = new ConcurrentHashMap<>();

  /// Any thread may renew it; two that do so at once only read twice.
  private volatile Known known = new Known(List.of(), System.nanoTime() - REREAD_NANOS);

  Caller(ServiceName target, LabDir dir, Duration timeout) {
    this.target = target;
    this.registry = new Registry(dir);
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /// Does the business call for an item.
  ///
  /// @throws IOException when no instance answered in time; the message says what happened
  HttpResponse<String> work(int item) throws IOException, InterruptedException {
    List<Integer> ports = ports();
    int first = turn.getAndIncrement();
    for (int i = 0; i < ports.size(); i++) {
      int port = ports.get(Math.floorMod(first + i, ports.size()));
      Long until = skipUntil.get(port);
      if (until != null && System.nanoTime() - until < 0) {
        continue;
      }
      try {
        return send(port, item);
      } catch (ConnectException _) {
        skipUntil.put(port, System.nanoTime() + SKIP_NANOS);
      }
    }
    throw new IOException(
        "no instance of " + target.id() + " accepts connections; registered ports: " + ports);
  }

  private HttpResponse<String> send(int port, int item) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/work?item=" + item))
            .timeout(timeout)
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException _) {
      throw new IOException(
          target.id()
              + " on port "
              + port
              + " did not answer within "
              + timeout.toMillis()
              + " ms");
    }
  }

  private List<Integer> ports() throws IOException {
    Known now = known;
    if (System.nanoTime() - now.atNanos < REREAD_NANOS) {
      return now.ports;
    }
    List<Integer> ports = registry.ports(target);
    skipUntil.keySet().retainAll(ports);
    known = new Known(ports, System.nanoTime());
    return ports;
  }

  private record Known(List<Integer> ports, long atNanos) {}
}
