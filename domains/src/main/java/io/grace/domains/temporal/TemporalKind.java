package io.grace.domains.temporal;

import io.grace.core.model.ActionSpec;
import io.grace.domains.Text;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Causes, forecasts and what would have been, as a domain.
public final class TemporalKind implements DomainKind {
  @Override
  public String name() {
    return TemporalNodes.NAME;
  }

  @Override
  public String definition() {
    return Text.definition(TemporalKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return TemporalNodes.actions();
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return new TemporalDomain(TemporalSettings.of(settings), house);
  }
}
