package io.grace.domains.security.sigma;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What one group of a correlation has seen of late. Bounded: with more samples the oldest go.
/// *Owned by one thread.*
final class Window {
  /// No correlation counts further.
  static final int MOST_SAMPLES = 10_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final Correlation correlation;
  private final long span;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private final Map<String, Integer> values = new HashMap<>();

  /// By rule, when it fired last; for an ordered correlation, when the latest chain began that has
  /// come as far as this rule.
  private final long[] since;

  private long began = NEVER;

  private record Sample(long at, String value) {}

  Window(Correlation correlation) {
    this.correlation = correlation;
    this.span = correlation.timespan().toMillis();
    this.since = new long[correlation.rules().size()];
    Arrays.fill(since, NEVER);
  }

  /// Takes in the firing of one rule.
  ///
  /// @param rule its place among the correlation's rules
  /// @param value of the field that is counted, or empty
  /// @return whether the correlation fires now; then all begins anew
  boolean take(int rule, String value, long at) {
    boolean fires =
        switch (correlation.kind()) {
          case TEMPORAL -> near(rule, at);
          case TEMPORAL_ORDERED -> ordered(rule, at);
          default -> counted(value, at);
        };
    if (fires) {
      clear();
    }
    return fires;
  }

  private boolean near(int rule, long at) {
    since[rule] = Math.max(since[rule], at);
    return correlation.holds(Arrays.stream(since).filter(one -> isNear(one, at)).count());
  }

  private boolean ordered(int rule, long at) {
    long chain = rule == 0 ? at : since[rule - 1];
    if (!isNear(chain, at)) {
      return false;
    }
    since[rule] = Math.max(since[rule], chain);
    return rule == since.length - 1;
  }

  private boolean isNear(long one, long at) {
    return one != NEVER && at - one <= span;
  }

  private boolean counted(String value, long at) {
    boolean isJudgedAtEnd = correlation.isJudgedAtEnd();
    if (began == NEVER) {
      began = at;
    }
    while (!samples.isEmpty()
        && ((!isJudgedAtEnd && at - samples.getFirst().at > span)
            || samples.size() >= MOST_SAMPLES)) {
      drop();
    }
    samples.addLast(new Sample(at, value));
    values.merge(value, 1, Integer::sum);
    return !isJudgedAtEnd && correlation.holds(number());
  }

  private void drop() {
    Sample sample = samples.removeFirst();
    values.computeIfPresent(sample.value, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Whether the time of a correlation that is judged at its end is over.
  boolean isOver(long now) {
    return correlation.isJudgedAtEnd() && began != NEVER && now - began > span;
  }

  /// Judges at the end; all begins anew.
  boolean close() {
    boolean fires = correlation.holds(number());
    clear();
    return fires;
  }

  private void clear() {
    samples.clear();
    values.clear();
    Arrays.fill(since, NEVER);
    began = NEVER;
  }

  private double number() {
    return switch (correlation.kind()) {
      case EVENT_COUNT, TEMPORAL, TEMPORAL_ORDERED -> samples.size();
      case VALUE_COUNT -> values.size();
      case VALUE_SUM -> Arrays.stream(numbers()).sum();
      case VALUE_AVG -> Arrays.stream(numbers()).average().orElse(Double.NaN);
      case VALUE_MIN -> Arrays.stream(numbers()).min().orElse(Double.NaN);
      case VALUE_MAX -> Arrays.stream(numbers()).max().orElse(Double.NaN);
      case VALUE_MEDIAN, VALUE_PERCENTILE -> quantile(correlation.percentile() / 100);
    };
  }

  /// By nearest rank.
  private double quantile(double q) {
    double[] numbers = numbers();
    if (numbers.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(numbers);
    return numbers[Math.max(0, (int) Math.ceil(q * numbers.length) - 1)];
  }

  private double[] numbers() {
    return samples.stream()
        .mapToDouble(sample -> number(sample.value))
        .filter(Double::isFinite)
        .toArray();
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }
}
