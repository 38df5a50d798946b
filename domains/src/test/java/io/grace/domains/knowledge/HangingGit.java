package io.grace.domains.knowledge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A Git repository on loopback whose first connections are accepted and never answered, like those
/// through a firewall that has forgotten them. Speaks the plain protocol: files, as they are.
final class HangingGit implements AutoCloseable {
  private final Path repository;
  private final AtomicInteger hanging;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;

  /// @param repository its `.git`
  HangingGit(Path repository, String head, int hanging) throws IOException {
    this.repository = repository;
    this.hanging = new AtomicInteger(hanging);
    Files.createDirectories(repository.resolve("info"));
    Files.writeString(repository.resolve("info/refs"), head + "\trefs/heads/main\n");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/repo.git";
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (hanging.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      try {
        closed.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    try (exchange) {
      String path = exchange.getRequestURI().getPath().replaceFirst("^/repo.git/", "");
      Path file = repository.resolve(path).normalize();
      if (!file.startsWith(repository) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      exchange.getResponseHeaders().add("Content-Type", "text/plain");
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
