package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.guard.Access;
import io.grace.app.guard.Problem;
import io.grace.app.guard.Route;
import io.grace.app.guard.Routes;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

class RouteMatrixTest {
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

  @Test
  void everyRouteAdmitsExactlyTheRolesOfTheTable() throws Exception {
    var wrong = new ArrayList<String>();
    for (Route route : Routes.ALL) {
      for (Role role : Role.values()) {
        Rig.Answer answer = answer(route, Optional.of("Bearer " + role));
        int status = answer.status();
        boolean isRefused = status == 403 && !answer.text().contains("is of no domain");
        boolean isAdmitted = status != 401 && !isRefused && status != 429;
        if (isAdmitted != route.access().admits(role) || status >= 500) {
          wrong.add(route + " says " + status + " to " + role);
        }
      }
    }

    assertEquals(List.of(), wrong);
  }

  @Test
  void nobodyGetsInWithoutARightToken() throws Exception {
    var wrong = new ArrayList<String>();
    for (Route route : Routes.ALL) {
      int none = answer(route, Optional.empty()).status();
      boolean isOpen = route.access() instanceof Access.Anyone;
      if (none != (isOpen ? 200 : 401)) {
        wrong.add(route + " says " + none + " without a token");
      }
      for (String header :
          List.of("Bearer nobody", "Basic YWRtaW46YWRtaW4=", "admin", "Bearer", "Bearer ")) {
        int status = answer(route, Optional.of(header)).status();
        if (status != 401 && status != 429) {
          wrong.add(route + " says " + status + " to '" + header + "'");
        }
      }
    }

    assertEquals(List.of(), wrong);
  }

  @Test
  void everyHandlerIsInTheTableOrDenied() throws Exception {
    Set<String> mapped = new TreeSet<>();
    for (var mapping :
        rig.context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
      for (var info : mapping.getHandlerMethods().keySet()) {
        for (String pattern : info.getPatternValues()) {
          info.getMethodsCondition().getMethods().forEach(m -> mapped.add(m + " " + pattern));
        }
      }
    }
    Set<String> table =
        Stream.concat(Routes.ALL.stream(), Routes.CONSOLE.stream())
            .map(Route::toString)
            .collect(Collectors.toSet());

    assertEquals(
        Set.of(), table.stream().filter(r -> !mapped.contains(r)).collect(Collectors.toSet()));
    mapped.removeAll(table);
    assertEquals(Set.of("GET /v3/api-docs.yaml"), mapped);
    assertEquals(404, rig.get(Role.ADMIN, "/v3/api-docs.yaml").status());
  }

  @Test
  void unknownPathsAndMethodsAreDeniedToTheAdminToo() throws Exception {
    assertEquals(404, rig.get(Role.ADMIN, "/api/nothing").status());
    assertEquals(404, rig.get(Role.ADMIN, "/api/status/").status());
    assertEquals(404, rig.get(Role.ADMIN, "/actuator").status());
    assertEquals(404, rig.get(Role.ADMIN, "/actuator/env").status());
    assertEquals(405, rig.post(Role.ADMIN, "/api/status", "{}").status());
    HttpRequest.Builder head = rig.request("/api/status").method("HEAD", BodyPublishers.noBody());
    Rig.authorize(head, Role.ADMIN);
    assertEquals(405, rig.send(head.build()).status());
  }

  @Test
  void refusalsAreProblems() throws Exception {
    Rig.Answer anonymous = rig.send(rig.request("/api/status").build());
    Rig.Answer viewer = rig.post(Role.VIEWER, "/api/pause", "{\"reason\":\"x\"}");

    assertEquals(Problem.MEDIA_TYPE, anonymous.contentType());
    assertEquals("urn:grace:problem:unauthorized", anonymous.json().path("type").asString());
    assertEquals(403, viewer.status());
    assertTrue(viewer.json().path("detail").asString().contains("operator"), viewer.text());
  }

  private static Rig.Answer answer(Route route, Optional<String> authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        rig.request(
            route
                .pattern()
                .replace("{source}", "alertmanager")
                .replace("{id}", "x-1")
                .replace("{group}", "registered-models")
                .replace("{verb}", "get"));
    authorization.ifPresent(value -> request.header("Authorization", value));
    if (!route.method().equals(HttpMethod.GET)) {
      request
          .header("Content-Type", "application/json")
          .method(route.method().name(), BodyPublishers.ofString("{}"));
    }
    var response = rig.open(request.build());
    try (var body = response.body()) {
      // Only a refusal is read: streams have no end to wait for.
      byte[] read = response.statusCode() == 403 ? body.readAllBytes() : new byte[0];
      return new Rig.Answer(response.statusCode(), "", new String(read, StandardCharsets.UTF_8));
    }
  }
}
