package io.grace.domains.ml;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A real HTTP server on loopback that passes fields on as whoever mounts the API would.
final class LoopbackServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// What answers.
  interface Door {
    MlflowApi.Answer answer(HttpExchange exchange, JsonNode fields);
  }

  LoopbackServer(Door door) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            MlflowApi.Answer answer = door.answer(exchange, fields(exchange));
            byte[] bytes = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }

  static LoopbackServer of(MlflowApi api) throws IOException {
    return new LoopbackServer((exchange, fields) ->
        api.handle(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), fields));
  }

  private static JsonNode fields(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    ObjectNode fields = JSON.createObjectNode();
    try {
      if (!body.isBlank()) {
        return JSON.readTree(body);
      }
    } catch (JacksonException _) {
      return fields.stringNode(body);
    }
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int is = pair.indexOf('=');
      fields.put(
          URLDecoder.decode(pair.substring(0, is), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(is + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
