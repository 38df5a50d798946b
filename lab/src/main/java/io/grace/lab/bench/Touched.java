package io.grace.lab.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The world that is acted on: a server that notes when an action arrives, and is healthy when
/// asked. *Thread-safe.*
final class Touched implements AutoCloseable {
  private static final byte[] METRICS =
      "# TYPE cpu gauge\ncpu 0.2\n".getBytes(StandardCharsets.UTF_8);

  /// One action at a time is awaited; more is a fault of the benchmark.
  private final BlockingQueue<Long> arrivals = new ArrayBlockingQueue<>(100);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  Touched() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/touch", this::touch);
    server.createContext("/health", exchange -> answer(exchange, new byte[0]));
    server.createContext("/metrics", exchange -> answer(exchange, METRICS));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void touch(HttpExchange exchange) throws IOException {
    arrivals.add(System.nanoTime());
    answer(exchange, new byte[0]);
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /// When the next action arrived, as [System#nanoTime] tells it.
  long next() throws InterruptedException, IOException {
    var at = arrivals.poll(10, TimeUnit.SECONDS);
    if (at == null) {
      throw new IOException("no action arrived within 10 s");
    }
    return at;
  }

  int waiting() {
    return arrivals.size();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
