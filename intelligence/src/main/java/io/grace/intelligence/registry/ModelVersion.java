package io.grace.intelligence.registry;

import java.util.OptionalLong;

/// One training of a model, and what became of it. *Immutable.*
///
/// @param id unique within its registry, rising
/// @param model what kind it is, such as `lstm`
/// @param trainedAt in seconds since 1970
/// @param span what it was trained on
/// @param error mean absolute error at rolling origins after what it learnt from
/// @param naiveError the naive forecast's at the same origins
/// @param parent the version that was active before it, to which it is rolled back
public record ModelVersion(
    long id,
    String model,
    long trainedAt,
    Span span,
    double error,
    double naiveError,
    OptionalLong parent,
    Stage stage) {
  /// A name, not a description.
  private static final int LONGEST = 64;

  public ModelVersion {
    if (id < 1 || parent.isPresent() && parent.getAsLong() >= id) {
      throw new IllegalArgumentException(
          "id must be 1 and more, parent's less: %d, %s".formatted(id, parent));
    }
    if (model.isBlank() || model.length() > LONGEST) {
      throw new IllegalArgumentException(
          "model must have 1 to %d letters: %s".formatted(LONGEST, model));
    }
    requireError("error", error);
    requireError("naiveError", naiveError);
  }

  static void requireError(String what, double error) {
    if (!(error >= 0 && error < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " must be finite, 0 and more: " + error);
    }
  }

  /// Where a version is in its life.
  public enum Stage {
    /// Trained, not judged yet.
    CANDIDATE,
    /// Forecasts.
    ACTIVE,
    /// Refused, overtaken or replaced by a better one.
    RETIRED,
    /// Was active and did worse than what came before; never active again.
    ROLLED_BACK
  }

  /// A stretch of time, in seconds since 1970, the end not in it.
  public record Span(long from, long to) {
    public Span {
      if (from >= to) {
        throw new IllegalArgumentException("span must end after its start: " + from + ", " + to);
      }
    }
  }

  ModelVersion in(Stage next) {
    return new ModelVersion(id, model, trainedAt, span, error, naiveError, parent, next);
  }

  ModelVersion after(OptionalLong next) {
    return new ModelVersion(id, model, trainedAt, span, error, naiveError, next, stage);
  }
}
