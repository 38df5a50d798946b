package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckerTest {
  /// A Saturday.
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Explanation example = Checker.explain(Examples.valid(Examples.text()), NOW);

  @Test
  void noLineIsLongerThan80Columns() {
    example.lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void theNextOpeningIsMondayMorningInTheZoneOfTheCalendar() {
    assertFalse(example.calendar().open());
    assertEquals("2026-11-23T08:00:00Z", example.calendar().nextOpening().orElseThrow());
  }

  @Test
  void everyServiceShowsItsPlaybooks() {
    var orders = example.services().get(1);

    assertEquals("orders", orders.name());
    assertEquals(
        List.of(
            "restart_service",
            "rollback_flag",
            "scale_up_instances",
            "warm_cache",
            "drain_backlog"),
        orders.playbooks());
  }

  @Test
  void groupsOfTheIdentityProviderShowTheirRolesAndNoSecret() {
    var explained =
        Checker.explain(
            Examples.valid(
                Examples.text()
                    + """

                    oidc:
                      issuer: https://login.example/realms/ops
                      client_id: grace
                      client_secret: env:OIDC_SECRET
                      roles: {sre-leads: approver, everyone: viewer}
                      redirect_base: https://grace.example
                    """),
            NOW);

    assertTrue(
        explained.lines().stream()
            .anyMatch(l -> l.contains("also through https://login.example/realms/ops")));
    assertEquals(
        List.of("everyone viewer", "sre-leads approver"),
        explained.provider().orElseThrow().groups().stream()
            .map(g -> g.name() + " " + g.role())
            .toList());
    assertFalse(explained.json().contains("OIDC_SECRET"));
  }

  @Test
  void whatIsProbablyNotMeantIsWarnedOf() {
    var warnings = example.warnings();

    assertTrue(
        warnings.contains("payments: no playbook can be planned for it"), warnings.toString());
    assertTrue(
        warnings.contains(
            "increase_logging can never be planned: no provider offers the action"
                + " 'set_logging_level'"),
        warnings.toString());
    assertTrue(
        warnings.contains(
            "rollback_flag on orders: nothing measures what its checks need, [flag_active]"),
        warnings.toString());
  }

  @Test
  void aServiceThatNothingMeasuresIsWarnedOf() {
    var blind = Examples.valid("apiVersion: grace/v1\nservices: {a: {}}");

    assertEquals(
        List.of(
            "a: nothing measures it, so GRACE never acts on it",
            "a: no playbook can be planned for it"),
        Checker.explain(blind, NOW).warnings().subList(0, 2));
  }

  @Test
  void aProbeMeasuresLivenessAndLatencyButNoErrors() {
    var probed =
        Examples.valid(
            """
            apiVersion: grace/v1
            services: {a: {}}
            telemetry: {tcp_probes: [{service: a, port: 1}]}
            providers: {process: {services: {a: {command: [run]}}}}
            """);

    var warnings = Checker.explain(probed, NOW).warnings();

    assertTrue(
        warnings.contains(
            "restart_service on a: nothing measures what its checks need, [error_ratio]"),
        warnings.toString());
    assertTrue(warnings.stream().noneMatch(w -> w.startsWith("scale_up_instances")));
  }

  @Test
  void autonomyWithoutAnyWindowIsWarnedOf() {
    var closed =
        Examples.valid("apiVersion: grace/v1\nmode: autonomous\ncalendar: {change_windows: []}");

    assertTrue(
        Checker.explain(closed, NOW)
            .warnings()
            .contains("no change window opens within a year, so every run waits for an override"));
  }

  @Test
  void tooFewApproversAreWarnedOf() {
    var alone =
        Examples.valid(
            "apiVersion: grace/v1\ntokens: [{name: a, role: approver, secret: 'env:A'}]");

    assertTrue(
        Checker.explain(alone, NOW)
            .warnings()
            .contains("impact high needs 2 approvals, but only 1 tokens may approve"));
  }

  @Test
  void neitherFormShowsASecretOrItsReference() {
    assertFalse(example.json().contains("GRACE_DASHBOARD_TOKEN"));
    assertFalse(String.join("\n", example.lines()).contains("grace-alice"));
    assertTrue(example.json().contains("{\"name\":\"alice\",\"role\":\"approver\"}"));
  }

  @Test
  void longWordsAreBroken() {
    String name = "a".repeat(120);
    var config = Examples.valid("apiVersion: grace/v1\nservices: {" + name + ": {}}", Map.of());

    Checker.explain(config, NOW).lines().forEach(l -> assertTrue(l.length() <= 80, l));
  }
}
