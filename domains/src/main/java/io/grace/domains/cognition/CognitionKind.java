package io.grace.domains.cognition;

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

/// The domains as one whole.
public final class CognitionKind implements DomainKind {
  static final String NAME = "cognition";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(CognitionKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        new ActionSpec(
            "rebuild_trends", NAME, Map.of(), Impact.LOW, true, Set.of(CognitionDomain.MEMORY)));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return new CognitionDomain(house, actions());
  }
}
