package io.grace.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void firstBucketBeginsAtZero() {
    assertEquals(OptionalDouble.of(0.5), quantile(0.5, "1", 10, "+Inf", 10));
  }

  @Test
  void beyondTheLastBoundItIsThatBound() {
    assertEquals(OptionalDouble.of(2), quantile(0.9, "1", 1, "2", 2, "+Inf", 10));
  }

  @Test
  void withoutTrafficOrTheLastBucketThereIsNone() {
    assertEquals(OptionalDouble.empty(), quantile(0.9, "1", 0, "+Inf", 0));
    assertEquals(OptionalDouble.empty(), quantile(0.9, "1", 5, "2", 5));
    assertEquals(OptionalDouble.empty(), quantile(0.9, "+Inf", 5));
    assertEquals(OptionalDouble.empty(), quantile(0.9));
  }

  @Test
  void bucketsOfSeveralSeriesAreAddedUp() {
    assertEquals(
        OptionalDouble.of(1.25),
        quantile(0.5, "1", 4, "2", 4, "+Inf", 4, "1", 0, "2", 8, "+Inf", 8));
  }

  @Test
  void bucketThatLagsBehindTheOneBeforeDoesNotBend() {
    assertEquals(OptionalDouble.of(0.9), quantile(0.9, "1", 10, "2", 8, "+Inf", 10));
  }

  private static OptionalDouble quantile(double q, Object... boundsAndCounts) {
    var increases = new ArrayList<Scraped.Increase>();
    for (int i = 0; i < boundsAndCounts.length; i += 2) {
      var series = new Series("took_bucket", Map.of("le", boundsAndCounts[i].toString()));
      double count = ((Number) boundsAndCounts[i + 1]).doubleValue();
      increases.add(new Scraped.Increase(series, count, count));
    }
    return Buckets.of(List.copyOf(increases)).quantile(q);
  }
}
