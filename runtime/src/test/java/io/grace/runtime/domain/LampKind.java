package io.grace.runtime.domain;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.Impact;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.TelemetrySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/// The smallest domain there can be: a lamp that can be switched on again.
public final class LampKind implements DomainKind {
  static final ServiceId LAMP = new ServiceId("lamp");
  private static final ActionSpec SWITCH_ON =
      new ActionSpec("switch_on", "lamp", Map.of(), Impact.LOW, true, Set.of(LAMP));

  @Override
  public String name() {
    return "lamp";
  }

  @Override
  public String definition() {
    return """
    apiVersion: grace/v1
    kind: Domain
    name: lamp
    title: A lamp
    settings:
      type: object
      additionalProperties: false
      properties: {lit: {type: boolean}}
    adds:
      metrics:
        light: {unit: bool, direction: lower_is_worse, degraded: 0.5, critical: 0}
      triage: {dark: light < 1}
      services: {lamp: {settle: 1s}}
    playbooks:
      - apiVersion: grace/v1
        kind: Playbook
        id: switch_on
        version: 1
        title: Switch the lamp on
        treats: [dark]
        steps:
          - name: switch
            action: switch_on
            timeout: 5s
            undo: {not_needed: light hurts nobody}
        verification: {checks: ["light >= 1"], stabilisation: 100ms, interval: 100ms, samples: 2, timeout: 10s}
        impact: low
        prior: 0.9
        timeout: 30s
    """;
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(SWITCH_ON);
  }

  @Override
  public Domain open(JsonNode settings, House house) {
    return new Lamp(settings.path("lit").asBoolean(true));
  }

  public static final class Lamp implements Domain, TelemetrySource, ActionProvider {
    private final AtomicBoolean lit;

    Lamp(boolean lit) {
      this.lit = new AtomicBoolean(lit);
    }

    public boolean isLit() {
      return lit.get();
    }

    @Override
    public List<TelemetrySource> eyes() {
      return List.of(this);
    }

    @Override
    public Optional<ActionProvider> hands() {
      return Optional.of(this);
    }

    @Override
    public String name() {
      return "lamp";
    }

    @Override
    public Duration interval() {
      return Duration.ofMillis(100);
    }

    @Override
    public List<Signal> collect(Instant now) {
      return List.of(new Signal(LAMP, new MetricId("light"), lit.get() ? 1 : 0, now, "lamp"));
    }

    @Override
    public List<ActionSpec> actions() {
      return List.of(SWITCH_ON);
    }

    @Override
    public Result perform(Warrant warrant) {
      lit.set(true);
      return new Result.Done("the lamp is on");
    }

    @Override
    public void close() {
      lit.set(false);
    }
  }
}
