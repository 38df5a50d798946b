package io.grace.runtime.telemetry;

import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// A histogram as cumulative counts by upper bounds. *Immutable.*
///
/// The quantile is that of PromQL's `histogram_quantile` for classic histograms (Prometheus, *Query
/// functions*): linear between the bounds of the bucket that holds it, from 0 in the first if its
/// bound is positive, and the largest finite bound if it lies beyond that.
final class Buckets {
  private final TreeMap<Double, Double> cumulative = new TreeMap<>();

  private Buckets() {}

  /// Adds up the buckets with the same bound; one without a readable bound is passed over.
  static Buckets of(List<Scraped.Increase> increases) {
    var buckets = new Buckets();
    for (var increase : increases) {
      bound(increase.series().label("le"))
          .ifPresent(bound -> buckets.cumulative.merge(bound, increase.amount(), Double::sum));
    }
    return buckets;
  }

  /// Empty without traffic, and without the bucket `+Inf` or a finite one.
  OptionalDouble quantile(double q) {
    if (cumulative.size() < 2 || cumulative.lastKey() != Double.POSITIVE_INFINITY) {
      return OptionalDouble.empty();
    }
    double total = cumulative.lastEntry().getValue();
    if (!(total > 0)) {
      return OptionalDouble.empty();
    }
    double rank = q * total;
    double lowerBound = Math.min(0, cumulative.firstKey());
    double below = 0;
    for (var bucket : cumulative.headMap(Double.POSITIVE_INFINITY).entrySet()) {
      double bound = bucket.getKey();
      // Not less than in the bucket before: the counters are not read at one moment.
      double count = Math.max(below, bucket.getValue());
      if (count >= rank && count > below) {
        return OptionalDouble.of(
            lowerBound + (bound - lowerBound) * (rank - below) / (count - below));
      }
      lowerBound = bound;
      below = count;
    }
    return OptionalDouble.of(lowerBound);
  }

  private static OptionalDouble bound(String text) {
    if (text.equals("+Inf") || text.equals("Inf")) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    try {
      double bound = Double.parseDouble(text);
      return Double.isFinite(bound) ? OptionalDouble.of(bound) : OptionalDouble.empty();
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }
}
