package io.grace.domains.parliament;

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

/// GRACE watching those who vote on its policies.
public final class ParliamentKind implements DomainKind {
  static final String NAME = "parliament";

  /// Somebody who votes at all looks within a long week-end.
  private static final Duration STALE_AFTER = Duration.ofDays(3);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(ParliamentKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        new ActionSpec(
            "lapse_stale_motions",
            NAME,
            Map.of(),
            Impact.LOW,
            true,
            Set.of(ParliamentDomain.MOTIONS)));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    Duration staleAfter =
        Durations.parse(settings.path("stale_after").asString("")).orElse(STALE_AFTER);
    return new ParliamentDomain(house, staleAfter, actions());
  }
}
