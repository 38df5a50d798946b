package io.grace.domains.transcendence;

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

/// What goes beyond the playbooks that are there.
public final class TranscendenceKind implements DomainKind {
  static final String NAME = "transcendence";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(TranscendenceKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        action("draft_playbooks", TranscendenceDomain.AUTHOR),
        action("rewrite_damaged_drafts", TranscendenceDomain.SHELF),
        action("withdraw_outdated_drafts", TranscendenceDomain.SHELF));
  }

  private static ActionSpec action(String name, ServiceId node) {
    return new ActionSpec(name, NAME, Map.of(), Impact.LOW, true, Set.of(node));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return new TranscendenceDomain(house, Habits.read(settings), actions());
  }
}
