package io.grace.domains.federation;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Impact;
import io.grace.domains.Text;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The connections to outside systems.
public final class FederationKind implements DomainKind {
  static final String NAME = "federation";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(FederationKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        new ActionSpec(
            "retry_connections",
            NAME,
            Map.of(),
            Impact.LOW,
            true,
            Set.of(FederationDomain.BREAKERS)));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return new FederationDomain(house, actions());
  }
}
