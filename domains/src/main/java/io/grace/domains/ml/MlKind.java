package io.grace.domains.ml;

import io.grace.core.model.ActionSpec;
import io.grace.domains.Text;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Models, their training and their answers, as a domain.
public final class MlKind implements DomainKind {
  @Override
  public String name() {
    return MlNodes.NAME;
  }

  @Override
  public String definition() {
    return Text.definition(MlKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return MlNodes.actions();
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return MlDomain.open(MlSettings.of(settings), house);
  }
}
