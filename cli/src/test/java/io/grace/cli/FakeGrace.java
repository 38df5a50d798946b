package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Serves exactly the calls that were foretold, in this order, each checked for method, path,
/// query, token and body. Any other call is answered 500 and told at the end.
final class FakeGrace implements AutoCloseable {
  static final String TOKEN = "s3cret-token";

  /// @param token the wanted header's token; empty for a call without one
  /// @param body the wanted body; empty for none
  /// @param cut whether the connection breaks in the middle of the answer
  record Call(
      String method,
      String path,
      Optional<String> token,
      String body,
      Optional<String> lastEventId,
      int status,
      String type,
      String answer,
      boolean cut) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Call> foretold = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  FakeGrace() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  FakeGrace get(String path, String answer) {
    return call("GET", path, Optional.of(TOKEN), "", 200, answer);
  }

  FakeGrace post(String path, String body, int status, String answer) {
    return call("POST", path, Optional.of(TOKEN), body, status, answer);
  }

  FakeGrace call(
      String method, String path, Optional<String> token, String body, int status, String answer) {
    String type = status < 400 ? "application/json" : "application/problem+json";
    return call(new Call(method, path, token, body, Optional.empty(), status, type, answer, false));
  }

  FakeGrace stream(
      String path, String type, Optional<String> lastEventId, String answer, boolean cut) {
    return call(new Call("GET", path, Optional.of(TOKEN), "", lastEventId, 200, type, answer, cut));
  }

  private FakeGrace call(Call call) {
    foretold.add(call);
    return this;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Call call = foretold.poll();
      List<String> differences = differences(exchange, body, call);
      if (call == null || !differences.isEmpty()) {
        wrong.addAll(differences);
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      byte[] answer = call.answer().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", call.type());
      exchange.sendResponseHeaders(call.status(), call.cut() ? answer.length + 1L : answer.length);
      exchange.getResponseBody().write(answer);
      exchange.getResponseBody().flush();
    }
  }

  private static List<String> differences(HttpExchange exchange, String body, @Nullable Call call) {
    String found = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    if (call == null) {
      return List.of("not foretold: " + found);
    }
    var headers = exchange.getRequestHeaders();
    var differences = new ArrayList<String>();
    compare(differences, "call", call.method() + " " + call.path(), found);
    compare(
        differences,
        "token of " + found,
        call.token().map(t -> "Bearer " + t).orElse("none"),
        Optional.ofNullable(headers.getFirst("Authorization")).orElse("none"));
    compare(
        differences,
        "Last-Event-ID of " + found,
        call.lastEventId().orElse("none"),
        Optional.ofNullable(headers.getFirst("Last-Event-ID")).orElse("none"));
    compare(differences, "body of " + found, sorted(call.body()), sorted(body));
    if (!body.isEmpty()) {
      compare(
          differences,
          "type of " + found,
          "application/json",
          String.valueOf(headers.getFirst("Content-Type")));
    }
    return differences;
  }

  /// The order of properties says nothing.
  private static String sorted(String json) {
    return json.isEmpty() ? "" : Json.sorted(json);
  }

  private static void compare(List<String> differences, String what, String wanted, String found) {
    if (!wanted.equals(found)) {
      differences.add(what + ": wanted " + wanted + ", found " + found);
    }
  }

  /// Fails unless all that was foretold came, and nothing else.
  void assertContractKept() {
    assertEquals(List.of(), List.copyOf(wrong));
    assertEquals(List.of(), foretold.stream().map(Call::path).toList(), "calls that never came");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
