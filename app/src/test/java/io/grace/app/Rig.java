package io.grace.app;

import io.grace.core.spi.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server on a free port with a client for it.
final class Rig implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.shared();

  final MemoryBackend backend;
  final ConfigurableApplicationContext context;
  final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  Rig(Map<String, Boolean> features) throws Journal.Unavailable {
    this(new MemoryBackend(features));
  }

  Rig(MemoryBackend node) {
    this(node, 0);
  }

  Rig(MemoryBackend node, int wanted) {
    backend = node;
    context = Server.start(backend, "127.0.0.1", wanted);
    port = Server.port(context);
  }

  record Answer(int status, String contentType, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
  }

  static void authorize(HttpRequest.Builder request, Role role) {
    request.header("Authorization", "Bearer " + role);
  }

  Answer get(Role role, String path) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    authorize(request, role);
    return send(request.build());
  }

  Answer post(Role role, String path, String json) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    authorize(request, role);
    return send(
        request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  /// The body is still to come; close it.
  HttpResponse<InputStream> open(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofInputStream());
  }

  /// All that the server says to these bytes, until it closes the connection.
  String raw(String bytes) throws IOException {
    return raw(bytes, LIMIT);
  }

  String raw(String bytes, Duration limit) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) limit.toMillis());
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// What the server says up to and with the text, before these bytes were all of a request.
  String rawUntil(String text, String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var said = new ByteArrayOutputStream();
      while (!said.toString(StandardCharsets.UTF_8).contains(text)) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          throw new AssertionError("wanted '" + text + "' in " + said);
        }
        said.write(next);
      }
      return said.toString(StandardCharsets.UTF_8);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen in time: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    client.close();
    context.close();
  }
}
