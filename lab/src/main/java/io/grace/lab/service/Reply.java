package io.grace.lab.service;

import java.util.Map;

/// What is answered. Immutable.
record Reply(int status, String type, String body, Map<String, String> headers) {
  private static final String TEXT = "text/plain; charset=utf-8";

  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply text(int status, String body) {
    return new Reply(status, TEXT, body + "\n", Map.of());
  }

  static Reply json(String body) {
    return json(200, body);
  }

  static Reply json(int status, String body) {
    return new Reply(status, "application/json", body + "\n", Map.of());
  }

  Reply with(String header, String value) {
    return new Reply(status, type, body, Map.of(header, value));
  }
}
