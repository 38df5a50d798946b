package io.grace.runtime.config;

import io.grace.core.model.Check;
import io.grace.core.model.Check.Comparison;
import io.grace.core.model.Condition;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Verification;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads claims such as `error_ratio < 0.05` or `payments.up >= 1`, and verifications made of them.
final class Checks {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*) *(<=|>=|==|<|>) *(-?[0-9.]+(?:e-?[0-9]{1,3})?)");

  private Checks() {}

  /// @param known what metrics and services there are
  static Optional<Check> check(Cursor cursor, Known known) {
    var form = FORM.matcher(cursor.text(""));
    if (!form.matches()) {
      return Optional.empty();
    }
    String name = form.group(1);
    int dot = name.lastIndexOf('.');
    Optional<ServiceId> target =
        dot < 0 ? Optional.empty() : known.service(cursor, name.substring(0, dot));
    if (dot >= 0 && target.isEmpty()) {
      return Optional.empty();
    }
    var check =
        cursor.make(() ->
            new Check(
                target,
                new MetricId(name.substring(dot + 1)),
                Comparison.ofSymbol(form.group(2)),
                number(form.group(3))));
    return check.filter(c -> known.requireMetric(cursor, c.metric()));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must compare with a number: " + Shown.text(text), e);
    }
  }

  /// Whether it has the form of a check, so that it need not be compiled.
  static boolean isCheck(Cursor cursor) {
    return FORM.matcher(cursor.text("")).matches();
  }

  static Optional<Verification> verification(Cursor cursor, Conditions.Scope scope) {
    var checks = cursor.at("checks").list(c -> Conditions.read(c, scope));
    var failure = cursor.at("failure");
    Optional<Condition> condemned =
        failure.isThere() ? Conditions.read(failure, scope) : Optional.empty();
    if (checks.size() < Math.max(1, cursor.at("checks").items().size())
        || condemned.isPresent() != failure.isThere()) {
      return Optional.empty();
    }
    return cursor.make(() ->
        new Verification(
            checks,
            condemned,
            cursor.at("stabilisation").duration(Duration.ZERO),
            cursor.at("interval").duration(Duration.ZERO),
            cursor.at("samples").whole(3),
            cursor.at("failures").whole(3),
            cursor.at("errors").whole(0),
            cursor.at("timeout").duration(Duration.ofMinutes(1))));
  }
}
