package io.grace.domains.selfheal;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Impact;
import io.grace.domains.Text;
import io.grace.runtime.config.Durations;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// GRACE watching its own healing.
public final class SelfHealKind implements DomainKind {
  static final String NAME = "self_heal";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(SelfHealKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        new ActionSpec(
            "withdraw_stale_proposals",
            NAME,
            Map.of(),
            Impact.LOW,
            true,
            Set.of(SelfHealDomain.APPROVALS)),
        new ActionSpec(
            "cancel_stuck_runs",
            NAME,
            Map.of(),
            Impact.MEDIUM,
            false,
            Set.of(SelfHealDomain.RUNS)));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    var patience =
        new Patience(
            duration(settings, "stale_after", Duration.ofHours(1)),
            duration(settings, "stuck_after", Duration.ofHours(1)));
    return new SelfHealDomain(house, patience, actions());
  }

  private static Duration duration(JsonNode settings, String key, Duration fallback) {
    return Durations.parse(settings.path(key).asString("")).orElse(fallback);
  }
}
