package io.grace.app.guard;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import io.grace.app.Role;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/// The whole API as one table. What is not in it is denied to everybody.
public final class Routes {
  private static final Access ANYONE = new Access.Anyone();
  private static final Access VIEWER = new Access.AtLeast(Role.VIEWER);
  private static final Access OPERATOR = new Access.AtLeast(Role.OPERATOR);
  private static final Access APPROVER = new Access.AtLeast(Role.APPROVER);
  private static final Access ADMIN = new Access.AtLeast(Role.ADMIN);

  /// Where clients of MLflow look.
  private static final String MLFLOW = "/api/2.0/mlflow/";

  /// The first route whose method and path match decides; see [#table].
  public static final List<Route> ALL =
      table(
          route(GET, "/api/health", ANYONE),
          route(GET, "/api/status", VIEWER),
          route(POST, "/api/pause", OPERATOR),
          route(POST, "/api/resume", APPROVER),
          route(GET, "/v3/api-docs", VIEWER),
          route(GET, "/actuator/prometheus", VIEWER),
          route(POST, "/api/health/ingest_signal", OPERATOR, "health"),
          route(GET, "/api/health/state", VIEWER, "health"),
          route(POST, "/api/triage/diagnose", VIEWER, "triage"),
          route(GET, "/api/playbooks", VIEWER, "playbooks"),
          route(POST, "/api/playbooks/plan", OPERATOR, "playbooks"),
          route(GET, "/api/playbooks/tests", VIEWER, "playbooks"),
          route(POST, "/api/playbooks/tests", OPERATOR, "playbooks"),
          route(GET, "/api/incidents", VIEWER, "incidents"),
          route(GET, "/api/incidents/{id}", VIEWER, "incidents"),
          route(POST, "/api/incidents/{id}/acknowledge", OPERATOR, "incidents"),
          route(POST, "/api/incidents/{id}/note", OPERATOR, "incidents"),
          route(GET, "/api/incidents/{id}/candidates", VIEWER, "incidents"),
          route(GET, "/api/incidents/{id}/passages", VIEWER, "incidents"),
          route(POST, "/api/incidents/{id}/merge", OPERATOR, "incidents"),
          route(POST, "/api/incidents/{id}/split", OPERATOR, "incidents"),
          route(POST, MLFLOW + "model-versions/transition-stage", APPROVER),
          route(POST, MLFLOW + "runs/search", VIEWER),
          route(POST, MLFLOW + "experiments/search", VIEWER),
          route(GET, MLFLOW + "{group}/{verb}", VIEWER),
          route(POST, MLFLOW + "{group}/{verb}", OPERATOR),
          route(PATCH, MLFLOW + "{group}/{verb}", OPERATOR),
          route(DELETE, MLFLOW + "{group}/{verb}", OPERATOR),
          route(POST, "/api/ingest/{source}", new Access.Sources(), "ingest"),
          route(POST, "/api/ingest/{source}/v1/metrics", new Access.Sources(), "ingest"),
          route(POST, "/api/changes", OPERATOR, "sensing"),
          route(GET, "/api/alerts", VIEWER, "sensing"),
          route(GET, "/api/changes", VIEWER, "sensing"),
          route(GET, "/api/slos", VIEWER, "sensing"),
          route(GET, "/api/triggers", VIEWER, "sensing"),
          route(POST, "/api/triggers/judge", OPERATOR, "sensing"),
          route(GET, "/api/topology", VIEWER, "sensing"),
          route(POST, "/api/memory/recall", VIEWER, "memory"),
          route(POST, "/api/memory/remember", OPERATOR, "memory"),
          route(POST, "/api/memory/forget", OPERATOR, "memory"),
          route(POST, "/api/memory/trust", ADMIN, "memory"),
          route(GET, "/api/memory/patterns", VIEWER, "memory"),
          route(GET, "/api/parliament/motions", VIEWER),
          route(POST, "/api/parliament/motions", APPROVER),
          route(POST, "/api/parliament/motions/{id}/votes", APPROVER),
          route(POST, "/api/parliament/motions/{id}/withdraw", APPROVER),
          route(GET, "/api/drafts", VIEWER),
          route(GET, "/api/drafts/{id}", VIEWER),
          route(POST, "/api/drafts/{id}/reject", APPROVER),
          route(GET, "/api/runs", VIEWER, "runs"),
          route(GET, "/api/runs/{id}", VIEWER, "runs"),
          route(GET, "/api/runs/{id}/story", VIEWER, "runs"),
          route(POST, "/api/runs/{id}/approve", APPROVER, "runs"),
          route(POST, "/api/runs/{id}/reject", APPROVER, "runs"),
          route(POST, "/api/runs/{id}/cancel", OPERATOR, "runs"),
          route(POST, "/api/runs/{id}/answer", APPROVER, "runs"),
          route(GET, "/api/approvals", VIEWER, "runs"),
          route(GET, "/api/log/entries", VIEWER, "log"),
          route(GET, "/api/log/stream", VIEWER, "log"),
          route(GET, "/api/log/verify", APPROVER, "log"),
          route(GET, "/api/log/export", APPROVER, "log"),
          route(GET, "/api/self_heal/learning", VIEWER, "learning"),
          route(GET, "/api/self_heal/learning/outcomes", VIEWER, "learning"),
          route(GET, "/api/self_heal/learning/worth", VIEWER, "learning"),
          route(GET, "/api/patterns", VIEWER, "learning"),
          route(GET, "/api/self_heal/shadow", VIEWER, "learning"),
          route(GET, "/api/self_heal/scheduler_counters", VIEWER, "scheduler"),
          route(GET, "/api/self_heal/scheduler_health", VIEWER, "scheduler"),
          route(GET, "/api/meta/focus", VIEWER, "meta"),
          route(GET, "/api/meta/cycles", VIEWER, "meta"));

  /// The pages of the console, for people who signed in.
  public static final List<Route> CONSOLE =
      table(
          route(GET, "/sign-in", ANYONE),
          route(POST, "/sign-in", ANYONE),
          route(GET, "/sign-in/oidc", ANYONE),
          route(GET, "/sign-in/oidc/done", ANYONE),
          route(POST, "/sign-out", ANYONE),
          route(GET, "/assets/{version}/{name}", ANYONE),
          route(GET, "/", VIEWER),
          route(GET, "/live", VIEWER),
          route(GET, "/find", VIEWER),
          route(POST, "/pause", OPERATOR),
          route(POST, "/resume", APPROVER),
          route(GET, "/fleet", VIEWER, "health"),
          route(GET, "/fleet/map.json", VIEWER, "health"),
          route(GET, "/fleet/{service}", VIEWER, "health"),
          route(GET, "/series.json", VIEWER, "health"),
          route(GET, "/incidents", VIEWER, "incidents"),
          route(GET, "/incidents/{id}", VIEWER, "incidents"),
          route(GET, "/incidents/{id}/post-mortem.md", VIEWER, "incidents"),
          route(POST, "/incidents/{id}/acknowledge", OPERATOR, "incidents"),
          route(POST, "/incidents/{id}/note", OPERATOR, "incidents"),
          route(GET, "/approvals", VIEWER, "runs"),
          route(GET, "/approvals/quality", VIEWER, "runs"),
          route(GET, "/runs/{id}", VIEWER, "runs"),
          route(POST, "/runs/{id}/approve", APPROVER, "runs"),
          route(POST, "/runs/{id}/reject", APPROVER, "runs"),
          route(POST, "/runs/{id}/cancel", OPERATOR, "runs"),
          route(POST, "/runs/{id}/answer", APPROVER, "runs"),
          route(GET, "/playbooks", VIEWER, "playbooks"),
          route(GET, "/playbooks/{id}", VIEWER, "playbooks"),
          route(POST, "/playbooks/{id}/tests", OPERATOR, "playbooks"),
          route(GET, "/drafts", VIEWER),
          route(GET, "/drafts/{id}", VIEWER),
          route(POST, "/drafts/{id}/reject", APPROVER),
          route(GET, "/learning", VIEWER, "learning"),
          route(GET, "/learning/shadow", VIEWER, "learning"),
          route(GET, "/journal", VIEWER, "log"),
          route(GET, "/journal/{index}", VIEWER, "log"),
          route(POST, "/journal/verify", APPROVER, "log"),
          route(GET, "/journal/export", APPROVER, "log"),
          route(GET, "/domains", VIEWER),
          route(GET, "/memory", VIEWER),
          route(GET, "/parliament", VIEWER),
          route(POST, "/parliament/move", APPROVER),
          route(POST, "/parliament/{id}/vote", APPROVER),
          route(POST, "/parliament/{id}/withdraw", APPROVER),
          route(GET, "/settings", VIEWER),
          route(GET, "/people", VIEWER));

  private Routes() {}

  /// The most specific first, as handlers are found too: else `/journal/{index}` would let people
  /// into `/journal/export`.
  private static List<Route> table(Route... routes) {
    return Arrays.stream(routes).sorted(Comparator.comparing(Route::path)).toList();
  }

  private static Route route(HttpMethod method, String pattern, Access access) {
    return new Route(method, pattern, access, Optional.empty());
  }

  private static Route route(HttpMethod method, String pattern, Access access, String feature) {
    return new Route(method, pattern, access, Optional.of(feature));
  }

  /// Asked more than once for every request, so nothing is made here.
  static Optional<Route> of(String method, String path) {
    PathContainer parsed = PathContainer.parsePath(path);
    return of(ALL, method, parsed).or(() -> of(CONSOLE, method, parsed));
  }

  private static Optional<Route> of(List<Route> routes, String method, PathContainer parsed) {
    for (Route route : routes) {
      if (route.method().matches(method) && route.matches(parsed)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }

  /// Those with this path, whatever their method.
  static List<Route> at(String path) {
    PathContainer parsed = PathContainer.parsePath(path);
    return Stream.concat(ALL.stream(), CONSOLE.stream()).filter(r -> r.matches(parsed)).toList();
  }
}
