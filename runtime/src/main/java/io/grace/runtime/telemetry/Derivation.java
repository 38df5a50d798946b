package io.grace.runtime.telemetry;

import io.grace.core.model.MetricId;
import java.util.OptionalDouble;

/// How a metric of GRACE comes from scraped series, all instances taken together. *Immutable.*
public sealed interface Derivation {
  MetricId metric();

  /// The value, or empty if the scrapes say nothing, as a ratio does without traffic.
  OptionalDouble of(Scraped scraped);

  /// Whether a sample of this name is needed.
  boolean needs(String name);

  /// How the values of several series and instances become one.
  enum Combine {
    SUM,
    MEAN,
    MAX
  }

  /// A value as it is now.
  ///
  /// @param scale what it is multiplied by, such as 1000 from seconds to ms
  record Gauge(MetricId metric, Selector selector, double scale, Combine combine)
      implements Derivation {
    @Override
    public OptionalDouble of(Scraped scraped) {
      var values = scraped.values(selector).toArray();
      if (values.length == 0) {
        return OptionalDouble.empty();
      }
      double sum = 0;
      double max = values[0];
      for (double value : values) {
        sum += value;
        max = Math.max(max, value);
      }
      return OptionalDouble.of(
          scale
              * switch (combine) {
                case SUM -> sum;
                case MEAN -> sum / values.length;
                case MAX -> max;
              });
    }

    @Override
    public boolean needs(String name) {
      return name.equals(selector.name());
    }
  }

  /// The share of one counter's growth in another's, such as errors among requests.
  record Ratio(MetricId metric, Selector numerator, Selector denominator, double scale)
      implements Derivation {
    @Override
    public OptionalDouble of(Scraped scraped) {
      double whole = total(scraped, denominator);
      return whole > 0
          ? OptionalDouble.of(scale * total(scraped, numerator) / whole)
          : OptionalDouble.empty();
    }

    @Override
    public boolean needs(String name) {
      return name.equals(numerator.name()) || name.equals(denominator.name());
    }

    private static double total(Scraped scraped, Selector selector) {
      return scraped.increases(selector).stream().mapToDouble(Scraped.Increase::amount).sum();
    }
  }

  /// A quantile of what a histogram took in between two scrapes.
  ///
  /// @param histogram by its name without `_bucket`
  /// @param q in (0, 1)
  /// @param scale what it is multiplied by, such as 1000 from seconds to ms
  record Quantile(MetricId metric, Selector histogram, double q, double scale)
      implements Derivation {
    public Quantile {
      if (!(q > 0 && q < 1)) {
        throw new IllegalArgumentException(metric + ": q must be in (0, 1): " + q);
      }
    }

    @Override
    public OptionalDouble of(Scraped scraped) {
      var quantile = Buckets.of(scraped.increases(buckets())).quantile(q);
      return quantile.isPresent()
          ? OptionalDouble.of(scale * quantile.getAsDouble())
          : OptionalDouble.empty();
    }

    @Override
    public boolean needs(String name) {
      return name.equals(buckets().name());
    }

    private Selector buckets() {
      return histogram.named(histogram.name() + "_bucket");
    }
  }

  /// A counter's growth in a second.
  record Rate(MetricId metric, Selector counter, double scale) implements Derivation {
    @Override
    public OptionalDouble of(Scraped scraped) {
      var increases = scraped.increases(counter);
      return increases.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              scale * increases.stream().mapToDouble(Scraped.Increase::perSecond).sum());
    }

    @Override
    public boolean needs(String name) {
      return name.equals(counter.name());
    }
  }
}
