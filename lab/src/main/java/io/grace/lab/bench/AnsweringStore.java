package io.grace.lab.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;

/// The query API of a store whose series all have the same value: `one_…` is one series, `many_…` a
/// hundred of them. Ends with the process that started it.
final class AnsweringStore {
  private static final int SERIES = 100;

  private AnsweringStore() {}

  public static void main(String[] args) throws IOException {
    ProcessHandle parent = ProcessHandle.of(Long.parseLong(args[0])).orElseThrow();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          parent.onExit().join();
          Runtime.getRuntime().halt(0);
        });
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/query", AnsweringStore::answer);
    server.start();
    System.out.println(server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String query = form.replaceAll("(^|.*&)query=([^&]*).*", "$2");
      query = URLDecoder.decode(query, StandardCharsets.UTF_8);
      byte[] body = body(query).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String body(String query) {
    double now = System.currentTimeMillis() / 1000.0;
    var rows = new StringBuilder();
    int count = query.startsWith("many_") ? SERIES : 1;
    for (int i = 0; i < count; i++) {
      rows.append(i == 0 ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"metric\":{\"__name__\":\"m\",\"service\":\"service-%d\"},\"value\":[%.3f,\"0.25\"]}",
                  i,
                  now));
    }
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + rows
        + "]}}";
  }
}
