package io.grace.domains.security;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Bound;
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

/// The hunter: threats in logs, and the quarantine.
public final class SecurityKind implements DomainKind {
  static final String NAME = "security";
  static final ServiceId ENGINE = new ServiceId("hunter_engine");
  static final ServiceId DETECTOR = new ServiceId("threat_detector");
  static final ServiceId ALERTS = new ServiceId("alert_system");
  static final ServiceId QUARANTINE = new ServiceId("quarantine_service");

  static final String ISOLATE = "isolate_threat";
  static final String EXPAND = "expand_quarantine";
  static final String ROLLBACK = "rollback_permissions";
  static final String TUNE = "tune_sensitivity";

  /// Scopes of a rollback: what this step of this run isolated, or what harms good callers.
  static final String STEP = "step";

  private static final String TOO_WIDE = "too_wide";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String definition() {
    return Text.definition(SecurityKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(
        spec(ISOLATE, Map.of("most", new Bound.WholeRange(1, 100)), Impact.MEDIUM, QUARANTINE),
        spec(
            EXPAND,
            Map.of("prefix", new Bound.WholeRange(16, 32), "least", new Bound.WholeRange(2, 256)),
            Impact.HIGH,
            QUARANTINE),
        spec(
            ROLLBACK,
            Map.of("scope", new Bound.OneOf(Set.of(STEP, TOO_WIDE))),
            Impact.LOW,
            QUARANTINE),
        spec(
            TUNE,
            Map.of("delta", new Bound.WholeRange(-Sensitivity.FURTHEST, Sensitivity.FURTHEST)),
            Impact.LOW,
            ENGINE));
  }

  private static ActionSpec spec(
      String action, Map<String, Bound> parameters, Impact impact, ServiceId target) {
    return new ActionSpec(action, NAME, parameters, impact, true, Set.of(target));
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return SecurityDomain.open(new SecuritySettings(settings, house), house, actions());
  }
}
