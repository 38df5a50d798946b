package io.grace.domains.core;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import io.grace.domains.Text;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// GRACE watching itself.
public final class CoreKind implements DomainKind {
  static final String NAME = "core";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(CoreKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        action("truncate_journal_log", CoreDomain.JOURNAL, Impact.LOW, true),
        action("save_state", CoreDomain.JOURNAL, Impact.LOW, true),
        action("rotate_signing_key", CoreDomain.KEYS, Impact.MEDIUM, false));
  }

  private static ActionSpec action(String name, ServiceId node, Impact impact, boolean reversible) {
    return new ActionSpec(name, NAME, Map.of(), impact, reversible, Set.of(node));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return new CoreDomain(house, actions());
  }
}
