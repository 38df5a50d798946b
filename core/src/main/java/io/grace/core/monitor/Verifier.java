package io.grace.core.monitor;

import io.grace.core.model.Check;
import io.grace.core.model.Finding;
import io.grace.core.model.Verification;
import io.grace.core.monitor.Readings.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges whether a service got better, from samples taken after it had time to settle.
public final class Verifier {
  private Verifier() {}

  /// @param detail the numbers it rests on
  public record Judgement(Finding finding, String detail) {}

  /// What can be said at `now`; empty while there is still time to learn more.
  ///
  /// @param since when the change was done
  public static Optional<Judgement> judge(
      Verification verification, Readings readings, Instant since, Instant now) {
    Instant settled = since.plus(verification.stabilisation());
    boolean isLast = !now.isBefore(since.plus(verification.timeout()));
    if (now.isBefore(settled)) {
      return Optional.empty();
    }
    var facts = new ArrayList<String>();
    boolean allPassed = true;
    for (Check check : verification.checks()) {
      List<Reading> newest = newest(check, readings, settled, verification);
      facts.add(describe(check, newest));
      if (holds(check, newest, verification.failures(), false)) {
        return Optional.of(new Judgement(Finding.FAILED, describe(check, newest)));
      }
      allPassed &= holds(check, newest, verification.samples(), true);
    }
    String detail = String.join("; ", facts);
    if (allPassed) {
      return Optional.of(new Judgement(Finding.PASSED, detail));
    }
    return isLast
        ? Optional.of(new Judgement(Finding.INCONCLUSIVE, "could not tell in time: " + detail))
        : Optional.empty();
  }

  /// Whether all checks hold now, for preconditions; a check without data does not.
  ///
  /// @return those that do not hold, described
  public static List<String> unmet(List<Check> checks, Readings readings, Instant since) {
    var unmet = new ArrayList<String>();
    for (Check check : checks) {
      List<Reading> newest =
          readings.newest(check.target().orElseThrow(), check.metric(), since, 1);
      if (newest.isEmpty() || !check.holds(newest.getFirst().value())) {
        unmet.add(describe(check, newest));
      }
    }
    return List.copyOf(unmet);
  }

  private static List<Reading> newest(
      Check check, Readings readings, Instant settled, Verification verification) {
    int limit = Math.max(verification.samples(), verification.failures());
    return readings.newest(check.target().orElseThrow(), check.metric(), settled, limit);
  }

  /// Whether the newest `count` samples are there and all say `wanted`.
  private static boolean holds(Check check, List<Reading> newest, int count, boolean wanted) {
    return newest.size() >= count
        && newest.subList(0, count).stream().allMatch(r -> check.holds(r.value()) == wanted);
  }

  private static String describe(Check check, List<Reading> newest) {
    if (newest.isEmpty()) {
      return check + ": no data";
    }
    var values = new StringBuilder();
    for (Reading r : newest.reversed()) {
      values
          .append(values.isEmpty() ? "" : ", ")
          .append(String.format(Locale.ROOT, "%.4g", r.value()));
    }
    return check + ": measured " + values;
  }
}
