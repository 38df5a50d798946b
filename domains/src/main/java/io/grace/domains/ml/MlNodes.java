package io.grace.domains.ml;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The nodes of the domain, and what can be done to them.
final class MlNodes {
  static final String NAME = "ml";

  static final ServiceId TRAINING = new ServiceId("training_cluster");
  static final ServiceId REGISTRY = new ServiceId("model_registry");
  static final ServiceId INFERENCE = new ServiceId("inference_service");
  static final ServiceId RETRAIN = new ServiceId("auto_retrain");

  static final String RETRAIN_MODEL = "retrain_model";
  static final String ROLLBACK = "rollback_deployment";
  static final String RESTORE_DEPLOYMENT = "restore_deployment";
  static final String SCALE = "scale_inference";
  static final String RESTORE_SCALE = "restore_inference";
  static final String RECOVER = "checkpoint_recovery";

  static final String DELTA = "delta";

  /// Forecasts are small; more workers than a machine has cores wait for each other.
  private static final int DELTA_MAX = 8;

  private MlNodes() {}

  static List<ActionSpec> actions() {
    return List.of(
        action(RETRAIN_MODEL, true, Map.of(), RETRAIN, INFERENCE),
        action(ROLLBACK, true, Map.of(), INFERENCE, REGISTRY),
        action(RESTORE_DEPLOYMENT, true, Map.of(), INFERENCE, REGISTRY, RETRAIN),
        action(SCALE, true, Map.of(DELTA, new Bound.WholeRange(1, DELTA_MAX)), INFERENCE),
        action(RESTORE_SCALE, true, Map.of(), INFERENCE),
        action(RECOVER, false, Map.of(), TRAINING));
  }

  private static ActionSpec action(
      String name, boolean reversible, Map<String, Bound> parameters, ServiceId... targets) {
    return new ActionSpec(name, NAME, parameters, Impact.LOW, reversible, Set.of(targets));
  }
}
