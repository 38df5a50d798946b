package io.grace.domains.temporal;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The nodes of the domain, and what can be done to them.
final class TemporalNodes {
  static final String NAME = "temporal";

  static final ServiceId GRAPH = new ServiceId("causal_graph");
  static final ServiceId FORECASTER = new ServiceId("forecaster");
  static final ServiceId SIMULATOR = new ServiceId("simulator");

  static final String REBUILD = "rebuild_causal_graph";
  static final String RESTORE_GRAPH = "restore_causal_graph";
  static final String RETRAIN = "retrain_forecaster";
  static final String RESTORE_FORECASTER = "restore_forecaster";
  static final String INVALIDATE = "invalidate_cache";

  private TemporalNodes() {}

  static List<ActionSpec> actions() {
    return List.of(
        action(REBUILD, true, GRAPH),
        action(RESTORE_GRAPH, true, GRAPH),
        action(RETRAIN, true, FORECASTER),
        action(RESTORE_FORECASTER, true, FORECASTER),
        action(INVALIDATE, false, SIMULATOR));
  }

  private static ActionSpec action(String name, boolean reversible, ServiceId target) {
    return new ActionSpec(name, NAME, Map.of(), Impact.LOW, reversible, Set.of(target));
  }
}
