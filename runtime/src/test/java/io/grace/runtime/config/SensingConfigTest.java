package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.SourceId;
import io.grace.core.policy.Damping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources, stores and objectives as people write them, and as they get them wrong.
class SensingConfigTest {
  private static final String HEAD =
      "apiVersion: grace/v1\nmode: observe\nservices: {orders: {}}\n";

  private static final String GOOD =
      """
      telemetry:
        stores:
          - name: main
            url: http://127.0.0.1:9090
            signals: [{metric: latency_ms, query: q, step: 15s}]
      slos:
        - {id: checkout, service: orders, store: main, objective: 0.99, errors: 'e[$window]', total: 't[$window]'}
      topology: {learn: [{source: graph, store: main, query: g}]}
      sources:
        - name: pager
          kind: alertmanager
          auth: {bearer: "env:PAGER"}
          damping: {once_within: 5m, group_by: [service]}
      sensing: {storm: {enter: 100, exit: 20, hold: 3m}, linger: 1m}
      """;

  @TempDir Path dir;

  @Test
  void everythingIsReadIntoPolicyAndConfiguration() throws Exception {
    Config config = valid(GOOD);

    assertEquals(
        new Damping.OnceWithin(Duration.ofMinutes(5)),
        config.policy().sensing().damping(new SourceId("pager")));
    assertEquals(100, config.policy().sensing().storm().enter());
    assertEquals(Duration.ofMinutes(1), config.policy().sensing().linger());
    assertEquals(SloConfig.WORKBOOK, config.stores().slos().getFirst().rules());
    assertEquals("client", config.stores().calls().getFirst().caller());
  }

  @Test
  void mistakesAreNamed() throws Exception {
    said(GOOD.replace("store: main, objective", "store: mian, objective"), "unknown store 'mian'");
    said(GOOD.replace("objective: 0.99", "objective: 1.5"), "objective");
    said(GOOD.replace("e[$window]", "e[5m]"), "[$window]");
    said(GOOD.replace("exit: 20", "exit: 200"), "below enter");
    said(GOOD.replace("once_within: 5m", "once_within: 5m, once_after: 5m"), "exactly one of");
    said(GOOD.replace("name: pager", "name: main"), "is taken by");
    said(GOOD.replace("name: pager", "name: slo"), "is taken by");
    said(GOOD.replace("{bearer: \"env:PAGER\"}", "{}"), "exactly one of bearer, hmac");
    said(GOOD.replace("kind: alertmanager", "kind: json"), "is needed for kind json");
  }

  @Test
  void fieldThatMatchesNothingIsAMistake() throws Exception {
    said(
        """
        sources:
          - name: tool
            kind: json
            auth: {bearer: "env:TOOL"}
            fingerprint: [name, hots]
            map: {name: item.title, service: item.app, labels: {host: item.host}}
        """,
        "matches nothing");
  }

  @Test
  void expressionIsCheckedWithItsLine() throws Exception {
    said(
        """
        sources:
          - name: tool
            kind: json
            auth: {bearer: "env:TOOL"}
            map: {name: 1 + 1, service: item.app}
        """,
        "must yield a string");
  }

  @Test
  void namesOfGraceItselfAreTaken() throws Exception {
    assertTrue(
        load("apiVersion: grace/v1\nservices: {grace.storm: {}}\n") instanceof Loaded.Invalid);
  }

  private Config valid(String more) throws Exception {
    return switch (load(HEAD + more)) {
      case Loaded.Valid(Config config) -> config;
      case Loaded.Invalid(List<Problem> problems) -> throw new AssertionError(problems.toString());
    };
  }

  private void said(String more, String what) throws Exception {
    Loaded loaded = load(HEAD + more);
    assertTrue(
        loaded instanceof Loaded.Invalid(var problems)
            && problems.stream().anyMatch(p -> p.toString().contains(what)),
        () -> "wanted '" + what + "' in " + loaded);
  }

  private Loaded load(String yaml) throws Exception {
    Path file = Files.writeString(dir.resolve("grace.yaml"), yaml);
    return ConfigLoader.load(file, Map.of());
  }
}
