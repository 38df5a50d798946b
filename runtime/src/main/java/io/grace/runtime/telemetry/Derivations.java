package io.grace.runtime.telemetry;

import io.grace.runtime.config.ScrapeConfig;
import io.grace.runtime.telemetry.Derivation.Combine;
import java.util.regex.Pattern;

/// What is derived from series, as it was declared.
public final class Derivations {
  private Derivations() {}

  public static Derivation of(ScrapeConfig.Derivation declared) {
    return switch (declared) {
      case ScrapeConfig.Derivation.Gauge d ->
          new Derivation.Gauge(d.metric(), selector(d.series()), d.scale(), Combine.MEAN);
      case ScrapeConfig.Derivation.Ratio d ->
          new Derivation.Ratio(d.metric(), selector(d.part()), selector(d.whole()), d.scale());
      case ScrapeConfig.Derivation.Quantile d ->
          new Derivation.Quantile(d.metric(), selector(d.histogram()), d.quantile(), d.scale());
      case ScrapeConfig.Derivation.Rate d ->
          new Derivation.Rate(d.metric(), selector(d.counter()), d.scale());
    };
  }

  private static Selector selector(io.grace.runtime.config.Selector declared) {
    return new Selector(
        declared.name(),
        declared.labels().stream()
            .map(m ->
                switch (m.comparison()) {
                  case EQUAL -> matcher(m.label(), Pattern.quote(m.value()), true);
                  case NOT_EQUAL -> matcher(m.label(), Pattern.quote(m.value()), false);
                  case MATCHES -> matcher(m.label(), m.value(), true);
                  case MATCHES_NOT -> matcher(m.label(), m.value(), false);
                })
            .toList());
  }

  private static Selector.Matcher matcher(String label, String regex, boolean matches) {
    return new Selector.Matcher(label, Pattern.compile(regex), matches);
  }
}
