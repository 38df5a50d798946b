package io.grace.lab.service;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was asked: parameters come from the query or from a small form body. Immutable.
record Request(
    String method,
    String path,
    Map<String, String> params,
    Optional<String> idempotencyKey,
    String accept) {
  private static final int MAX_BODY = 1024;
  private static final int MAX_PARAMS = 16;
  private static final int MAX_KEY = 200;

  Request {
    params = Map.copyOf(params);
  }

  /// @throws IllegalArgumentException when the request breaks a limit
  static Request read(HttpExchange exchange) throws IOException {
    Map<String, String> params = new HashMap<>();
    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).ifPresent(q -> collect(q, params));
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        throw new IllegalArgumentException("body must be at most " + MAX_BODY + " bytes");
      }
      collect(new String(body, StandardCharsets.UTF_8).strip(), params);
    }
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        params,
        key(header(exchange, "Idempotency-Key")),
        header(exchange, "Accept"));
  }

  /// @throws IllegalArgumentException when a parameter is there that the path does not know
  void allow(Set<String> known) {
    for (String name : params.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("parameter must be one of " + known + ": " + name);
      }
    }
  }

  String param(String name) {
    String value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException("parameter is missing: " + name);
    }
    return value;
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static Optional<String> key(String text) {
    if (text.length() > MAX_KEY || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "Idempotency-Key must be at most " + MAX_KEY + " visible ASCII characters");
    }
    return text.isEmpty() || text.equals(EffectsLog.NO_KEY) ? Optional.empty() : Optional.of(text);
  }

  private static void collect(String form, Map<String, String> params) {
    for (String pair : form.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int at = pair.indexOf('=');
      String name = decode(at < 0 ? pair : pair.substring(0, at));
      if (params.put(name, at < 0 ? "" : decode(pair.substring(at + 1))) != null) {
        throw new IllegalArgumentException("parameter is given twice: " + name);
      }
      if (params.size() > MAX_PARAMS) {
        throw new IllegalArgumentException("there must be at most " + MAX_PARAMS + " parameters");
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
