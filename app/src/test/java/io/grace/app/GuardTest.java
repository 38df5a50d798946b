package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.guard.Routes;
import io.grace.domains.security.Quarantine;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class GuardTest {
  @SuppressWarnings("NullAway.Init")
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(Map.of("runs", false, "log", false));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static String asHost(String host) throws Exception {
    return rig.raw("GET /api/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  @Test
  void onLoopbackOnlyLocalHostsAreServed() throws Exception {
    for (String host : new String[] {"localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:1"}) {
      assertTrue(asHost(host).startsWith("HTTP/1.1 200"), host);
    }
    for (String host :
        new String[] {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""}) {
      assertTrue(asHost(host).startsWith("HTTP/1.1 421"), host);
    }
  }

  @Test
  void hostThatIsNoLoopbackIsKnown() {
    assertTrue(new ListensOn("127.0.0.1").isLoopback());
    assertTrue(new ListensOn("::1").isLoopback());
    assertFalse(new ListensOn("0.0.0.0").isLoopback());
    assertFalse(new ListensOn("192.0.2.1").isLoopback());
  }

  @Test
  void groupThatIsSwitchedOffIsNotThere() throws Exception {
    for (var route : Routes.ALL) {
      String group = route.feature().orElse("");
      if (route.method().equals(HttpMethod.GET) && (group.equals("runs") || group.equals("log"))) {
        Rig.Answer answer = rig.get(Role.ADMIN, route.pattern().replace("{id}", "r-1"));
        assertEquals(404, answer.status(), route::toString);
        assertTrue(answer.text().contains("switched off"), answer.text());
      }
    }
    assertEquals(200, rig.get(Role.VIEWER, "/api/incidents").status());
    assertEquals(401, rig.send(rig.request("/api/runs").build()).status());
  }

  @Test
  void guessingTokensIsSlowedDownButARightOneStillWorks() throws Exception {
    int status = 0;
    for (int i = 0; i < 21; i++) {
      var request = rig.request("/api/status").header("Authorization", "Bearer guess" + i);
      status = rig.send(request.build()).status();
      assertEquals(i < 20 ? 401 : 429, status);
    }

    assertEquals(200, rig.get(Role.VIEWER, "/api/status").status());
  }

  /// Isolates whom a test names.
  private record Isolated(Set<String> callers, Set<String> tokens) implements Quarantine {
    @Override
    public boolean isBlocked(String caller) {
      return callers.contains(caller);
    }

    @Override
    public boolean isRevoked(String tokenName) {
      return tokens.contains(tokenName);
    }
  }

  @Test
  void whoIsInQuarantineIsTurnedAwayAtEveryDoorUntilLetGo() throws Exception {
    String name = "the-" + Role.APPROVER;
    var token = new Isolated(Set.of(), Set.of(name));
    var caller = new Isolated(Set.of("127.0.0.1"), Set.of());

    rig.backend.domains.add(token);
    assertEquals(403, rig.get(Role.APPROVER, "/api/status").status());
    assertTrue(rig.get(Role.APPROVER, "/api/status").text().contains("In quarantine"));
    assertEquals(200, rig.get(Role.VIEWER, "/api/status").status());
    rig.backend.domains.remove(token);

    rig.backend.domains.add(caller);
    assertEquals(403, rig.get(Role.VIEWER, "/api/status").status());
    assertEquals(403, rig.send(rig.request("/sign-in").build()).status());
    rig.backend.domains.remove(caller);

    assertEquals(200, rig.get(Role.APPROVER, "/api/status").status());
  }

  @Test
  void answersCarrySecurityHeadersAndNoCookie() throws Exception {
    String answer = asHost("localhost");

    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
    assertTrue(answer.contains("Content-Security-Policy: default-src 'none'"), answer);
    assertTrue(answer.contains("Cache-Control: no-cache, no-store"), answer);
    assertFalse(answer.contains("Set-Cookie"), answer);
    assertFalse(answer.contains("\r\nServer:"), answer);
  }

  @Test
  void metricsAreThereForViewers() throws Exception {
    String metrics = rig.get(Role.VIEWER, "/actuator/prometheus").text();

    assertTrue(metrics.contains("grace_runs_open"), metrics);
    assertTrue(metrics.contains("grace_loop_cycles"), metrics);
  }
}
