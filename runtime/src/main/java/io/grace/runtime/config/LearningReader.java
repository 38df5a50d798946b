package io.grace.runtime.config;

import io.grace.core.model.Severity;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Learning.HoldOut;
import io.grace.core.policy.Learning.TrustCriteria;
import java.time.Duration;
import java.util.Optional;

/// Reads how far outcomes count.
final class LearningReader {
  private static final Duration ALONE = Duration.ofMinutes(5);

  private LearningReader() {}

  /// @param override what the environment says of whether it is on
  static Learning read(Cursor cursor, Optional<Boolean> override) {
    boolean isOn = override.orElse(cursor.at("enabled").flag(true));
    return cursor
        .make(() ->
            new Learning(
                isOn,
                cursor.at("exploration").decimal(0),
                holdOut(cursor.at("hold_out")),
                trust(cursor.at("trust"))))
        .orElse(isOn ? Learning.ON : Learning.OFF);
  }

  private static Optional<HoldOut> holdOut(Cursor cursor) {
    return cursor.isThere()
        ? cursor.make(() ->
            new HoldOut(
                cursor.at("share").decimal(0.05),
                cursor.at("severity").choice(Severity.class).orElse(Severity.LOW),
                cursor.at("time").duration(ALONE)))
        : Optional.empty();
  }

  private static Optional<TrustCriteria> trust(Cursor cursor) {
    var standard = TrustCriteria.DEFAULTS;
    return cursor.isThere()
        ? cursor.make(() ->
            new TrustCriteria(
                cursor.at("successes").whole(standard.successes()),
                cursor.at("chance").decimal(standard.chance())))
        : Optional.empty();
  }
}
