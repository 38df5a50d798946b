package io.grace.domains.ml;

import java.util.HashMap;
import java.util.Map;

/// One version of a model, and where it comes from. *Immutable.*
///
/// @param number from 1, rising within its model
/// @param source where its artifact is; of GRACE's own a `grace:` URI with its hash
/// @param runId of the run that made it; empty if none did
/// @param artifact SHA-256 of the artifact in hex; empty if others keep it
/// @param metrics what was measured of it before it was registered
public record Version(
    String model,
    int number,
    long createdMs,
    long updatedMs,
    Stage stage,
    String source,
    String runId,
    String description,
    String artifact,
    Lineage lineage,
    Map<String, Double> metrics,
    Map<String, String> tags) {
  public Version {
    metrics = Map.copyOf(metrics);
    tags = Map.copyOf(tags);
  }

  /// What a version was made from.
  ///
  /// @param parent the version that it was to replace; 0 if there was none
  /// @param data SHA-256 of what it learnt from, in hex; empty if nobody said
  /// @param code which program made it
  /// @param params what the program was given
  public record Lineage(int parent, String data, String code, Map<String, String> params) {
    public static final Lineage UNKNOWN = new Lineage(0, "", "", Map.of());

    public Lineage {
      params = Map.copyOf(params);
    }
  }

  /// Whether GRACE keeps the artifact, and so can check and serve it.
  public boolean isOwn() {
    return !artifact.isEmpty();
  }

  Version in(Stage next, long atMs) {
    return new Version(
        model,
        number,
        createdMs,
        atMs,
        next,
        source,
        runId,
        description,
        artifact,
        lineage,
        metrics,
        tags);
  }

  Version described(String text, long atMs) {
    return new Version(
        model, number, createdMs, atMs, stage, source, runId, text, artifact, lineage, metrics,
        tags);
  }

  Version tagged(String key, String value, long atMs) {
    var all = new HashMap<>(tags);
    all.put(key, value);
    return new Version(
        model,
        number,
        createdMs,
        atMs,
        stage,
        source,
        runId,
        description,
        artifact,
        lineage,
        metrics,
        all);
  }

  @Override
  public String toString() {
    return model + " " + number;
  }
}
