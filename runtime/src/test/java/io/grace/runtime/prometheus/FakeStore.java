package io.grace.runtime.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grace.core.model.SourceId;
import io.grace.runtime.config.StoreReading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// The query API as Prometheus documents it, strict about what it is asked; its answers are set by
/// the test.
final class FakeStore implements AutoCloseable {
  record Answer(int status, Map<String, String> headers, String body, Duration after) {
    Answer(int status, String body) {
      this(status, Map.of(), body, Duration.ZERO);
    }
  }

  final Map<String, Answer> answers = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  FakeStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/query", e -> answer(e, List.of("query")));
    server.createContext(
        "/api/v1/query_range", e -> answer(e, List.of("query", "start", "end", "step")));
    server.start();
  }

  private void answer(HttpExchange exchange, List<String> required) throws IOException {
    try (exchange) {
      var form = new HashMap<String, String>();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      for (String pair : body.split("&")) {
        int at = pair.indexOf('=');
        form.put(
            pair.substring(0, at),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      }
      boolean isForm =
          "application/x-www-form-urlencoded"
              .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
      Answer answer =
          !exchange.getRequestMethod().equals("POST")
                  || !isForm
                  || !form.keySet().containsAll(required)
              ? new Answer(400, error("bad_data", "not as the API has it: " + form.keySet()))
              : answers.getOrDefault(
                  form.get("query"), new Answer(422, error("execution", "no such query")));
      asked.add(form.getOrDefault("query", ""));
      LockSupport.parkNanos(answer.after().toNanos());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  static String error(String type, String message) {
    return "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + message + "\"}";
  }

  static String vector(String... rows) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + String.join(",", rows)
        + "]}}";
  }

  static String row(String service, String value) {
    return "{\"metric\":{\"service\":\""
        + service
        + "\"},\"value\":[1795500000.5,\""
        + value
        + "\"]}";
  }

  StoreReading reading(List<StoreReading.Signal> signals) {
    return new StoreReading(
        new SourceId("main"),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        Optional.empty(),
        Optional.empty(),
        Duration.ofMillis(700),
        false,
        Duration.ZERO,
        signals);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
