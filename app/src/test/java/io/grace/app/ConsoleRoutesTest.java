package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.guard.Access;
import io.grace.app.guard.Route;
import io.grace.app.guard.Routes;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/// Who may see and do what in the console, and what a session is worth.
class ConsoleRoutesTest {
  private static final Pattern FORM = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  @SuppressWarnings("NullAway.Init")
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(Map.of());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  /// A browser without a screen.
  private static final class Session implements AutoCloseable {
    final CookieManager cookies = new CookieManager();
    final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();

    static Session of(Role role) throws IOException, InterruptedException {
      var session = new Session();
      HttpResponse<String> in =
          session.post("/sign-in", Map.of("token", role.toString(), "next", "/fleet"));
      assertEquals(303, in.statusCode(), in.body());
      assertEquals("/fleet", in.headers().firstValue("Location").orElse(""));
      return session;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return client.send(rig.request(path).build(), BodyHandlers.ofString());
    }

    /// Only the status: what streams has no end to wait for.
    int status(String path) throws IOException, InterruptedException {
      var response = client.send(rig.request(path).build(), BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    }

    HttpResponse<String> post(String path, Map<String, String> fields)
        throws IOException, InterruptedException {
      Matcher token = FORM.matcher(get("/sign-in").body());
      assertTrue(token.find());
      return send(path, fields, Optional.of(token.group(1)));
    }

    HttpResponse<String> send(String path, Map<String, String> fields, Optional<String> csrf)
        throws IOException, InterruptedException {
      var body = new StringBuilder();
      fields.forEach(
          (name, value) -> body.append(name).append('=').append(encoded(value)).append('&'));
      csrf.ifPresent(c -> body.append("_csrf=").append(encoded(c)));
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(body.toString()))
              .build(),
          BodyHandlers.ofString());
    }

    private static String encoded(String value) {
      return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static String path(Route route) {
    return route
        .pattern()
        .replace("{id}", "x-1")
        .replace("{service}", "orders")
        .replace("{index}", "1")
        .replace("{version}", "0")
        .replace("{name}", "grace.css");
  }

  @Test
  void everyPageAdmitsExactlyTheRolesOfTheTable() throws Exception {
    var wrong = new ArrayList<String>();
    for (Role role : Role.values()) {
      for (Route route : Routes.CONSOLE) {
        if (!(route.access() instanceof Access.AtLeast(var least))) {
          continue;
        }
        try (var session = Session.of(role)) {
          int status =
              route.method().equals(HttpMethod.GET)
                  ? session.status(path(route))
                  : session.post(path(route), Map.of()).statusCode();
          boolean isAdmitted = status != 403;
          if (isAdmitted != role.compareTo(least) >= 0 || status >= 500) {
            wrong.add(route + " says " + status + " to " + role);
          }
        }
      }
    }

    assertEquals(List.of(), wrong);
  }

  @Test
  void strangersAreSentToTheDoorAndDoNothing() throws Exception {
    var wrong = new ArrayList<String>();
    for (Route route : Routes.CONSOLE) {
      if (route.access() instanceof Access.Anyone) {
        continue;
      }
      try (var session = new Session()) {
        int status =
            route.method().equals(HttpMethod.GET)
                ? session.status(path(route))
                : session.post(path(route), Map.of("reason", "x")).statusCode();
        if (status != (route.pattern().equals("/live") ? 401 : 303)) {
          wrong.add(route + " says " + status + " to a stranger");
        }
      }
    }

    assertEquals(List.of(), wrong);
    assertFalse(rig.backend.snapshot().isPaused());
  }

  @Test
  void bearerTokenIsNoSessionAndASessionIsNoBearerToken() throws Exception {
    assertEquals(303, rig.get(Role.ADMIN, "/journal").status());
    try (var session = Session.of(Role.ADMIN)) {
      assertEquals(401, session.status("/api/status"));
    }
  }

  @Test
  void formWithoutItsTokenIsRefused() throws Exception {
    try (var session = Session.of(Role.ADMIN)) {
      HttpResponse<String> answer =
          session.send("/pause", Map.of("reason", "forged"), Optional.empty());

      assertEquals(403, answer.statusCode());
      assertTrue(answer.body().contains("older than your session"), answer.body());
      assertFalse(rig.backend.snapshot().isPaused());
    }
  }

  @Test
  void signingInChangesTheSessionAndSigningOutEndsIt() throws Exception {
    try (var session = Session.of(Role.VIEWER)) {
      String first = id(session);
      session.post("/sign-in", Map.of("token", "viewer"));
      assertFalse(first.equals(id(session)));

      session.post("/sign-out", Map.of());
      assertEquals(303, session.status("/"));
    }
  }

  private static String id(Session session) {
    return session.cookies.getCookieStore().getCookies().stream()
        .filter(c -> c.getName().equals("GRACE_SESSION"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void nobodyIsSentElsewhereAfterSigningIn() throws Exception {
    for (String next : List.of("//evil.example", "https://evil.example", "/\\evil.example", "")) {
      try (var session = new Session()) {
        var in = session.post("/sign-in", Map.of("token", "viewer", "next", next));
        assertEquals("/", in.headers().firstValue("Location").orElse("none"), next);
      }
    }
  }

  @Test
  void wrongTokenIsSaidAndGuessingIsSlow() throws Exception {
    try (var session = new Session();
        var other = new Rig(Map.of())) {
      int last = 0;
      Matcher token =
          FORM.matcher(
              session
                  .client
                  .send(other.request("/sign-in").build(), BodyHandlers.ofString())
                  .body());
      assertTrue(token.find());
      for (int i = 0; i < 25; i++) {
        last =
            session
                .client
                .send(
                    other
                        .request("/sign-in")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                            BodyPublishers.ofString(
                                "token=guess" + i + "&_csrf=" + Session.encoded(token.group(1))))
                        .build(),
                    BodyHandlers.ofString())
                .statusCode();
        assertEquals(i < 20 ? 401 : 429, last);
      }
    }
  }

  @Test
  void headersForbidWhatPagesDoNotNeed() throws Exception {
    try (var session = Session.of(Role.VIEWER)) {
      var headers = session.get("/").headers();
      String policy = headers.firstValue("Content-Security-Policy").orElse("");

      assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"));
      assertFalse(policy.contains("unsafe"));
      assertEquals("DENY", headers.firstValue("X-Frame-Options").orElse(""));
      assertTrue(headers.firstValue("Cache-Control").orElse("").contains("no-store"));
      String cookie =
          session
              .client
              .send(rig.request("/sign-in").build(), BodyHandlers.ofString())
              .headers()
              .allValues("Set-Cookie")
              .toString();
      assertTrue(cookie.isEmpty() || cookie.equals("[]") || cookie.contains("HttpOnly"), cookie);
    }
  }
}
