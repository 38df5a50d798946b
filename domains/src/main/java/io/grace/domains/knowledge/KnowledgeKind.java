package io.grace.domains.knowledge;

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

/// What the team has written down, found again when it is needed.
public final class KnowledgeKind implements DomainKind {
  static final String NAME = "knowledge";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(KnowledgeKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        action("rebuild_index", Knowledge.INDEX),
        action("refresh_sources", Knowledge.PIPELINE),
        action("update_trust_scores", Knowledge.TRUST),
        action("compact_graph", Knowledge.GRAPH));
  }

  private static ActionSpec action(String name, ServiceId node) {
    return new ActionSpec(name, NAME, Map.of(), Impact.LOW, true, Set.of(node));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return Knowledge.open(settings, house, actions());
  }
}
