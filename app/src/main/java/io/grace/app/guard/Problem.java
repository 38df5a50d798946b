package io.grace.app.guard;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Why a request was not served, as RFC 9457 writes it. *Immutable.*
///
/// @param kind stable, for programs, such as `unknown-property`
/// @param detail what was found and what was wanted, for people
/// @param more further members
public record Problem(
    int status, String kind, String title, String detail, Map<String, Object> more) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = JsonMapper.shared();

  public Problem {
    more = Map.copyOf(more);
  }

  public Problem(int status, String kind, String title, String detail) {
    this(status, kind, title, detail, Map.of());
  }

  public static Problem unauthorized(String detail) {
    return new Problem(401, "unauthorized", "Not authenticated", detail);
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, "forbidden", "Not allowed", detail);
  }

  public static Problem notFound(String detail) {
    return new Problem(404, "not-found", "Not found", detail);
  }

  public static Problem badRequest(String kind, String detail) {
    return new Problem(400, kind, "Bad request", detail);
  }

  public static Problem tooLarge(long limit) {
    return new Problem(
        413, "too-large", "Too large", "a request body has at most " + limit + " bytes");
  }

  public static Problem unavailable(String kind, String detail) {
    return new Problem(503, kind, "Not available now", detail);
  }

  /// The members in the order in which people read them.
  public Map<String, Object> body() {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", "urn:grace:problem:" + kind);
    body.put("title", title);
    body.put("status", status);
    body.put("detail", detail);
    body.putAll(more);
    return body;
  }

  public byte[] bytes() {
    return JSON.writeValueAsString(body()).getBytes(StandardCharsets.UTF_8);
  }

  /// Answers with it. An answer that has already begun is left as it is.
  public void write(HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] bytes = bytes();
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
    response.flushBuffer();
  }
}
