package io.grace.runtime.judgement;

import io.grace.core.learn.Alone;
import io.grace.intelligence.causal.RecoveryCurve;
import io.grace.intelligence.causal.RecoveryCurve.Shape;
import java.time.Duration;
import java.util.List;

/// How incidents of one kind recover without help.
final class Recovery {
  /// An hour by half minutes; one incident in ten is believed to recover in it, as if two had been
  /// seen.
  private static final Shape SHAPE = new Shape(Duration.ofSeconds(30).toMillis(), 120, 0.1, 2);

  private Recovery() {}

  static RecoveryCurve curve(List<Alone> times) {
    var curve = new RecoveryCurve(SHAPE);
    for (Alone alone : times) {
      if (alone.recovered()) {
        curve.recovered(alone.time().toMillis());
      } else {
        curve.endedUnseen(alone.time().toMillis());
      }
    }
    return curve;
  }
}
