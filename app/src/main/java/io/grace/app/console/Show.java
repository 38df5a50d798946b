package io.grace.app.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Values as people read them.
public final class Show {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Show() {}

  /// Such as `2026-11-24 09:30:00 UTC`; the page's script puts the reader's own zone there.
  public static String clock(Instant at) {
    return CLOCK.format(at) + " UTC";
  }

  public static String between(Instant from, Instant to) {
    return took(Duration.between(from, to).toMillis());
  }

  /// Such as `340 ms`, `2.5 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
  public static String took(long ms) {
    if (ms < 1000) {
      return ms + " ms";
    }
    if (ms < 60_000) {
      return ms % 1000 == 0
          ? ms / 1000 + " s"
          : String.format(Locale.ROOT, "%.1f s", Math.floor(ms / 100.0) / 10);
    }
    Duration d = Duration.ofMillis(ms);
    if (d.toHours() == 0) {
      return d.toMinutes() + " min" + part(d.toSecondsPart(), "s");
    }
    return d.toDays() == 0
        ? d.toHours() + " h" + part(d.toMinutesPart(), "min")
        : d.toDays() + " d" + part(d.toHoursPart(), "h");
  }

  private static String part(int value, String unit) {
    return value == 0 ? "" : " " + value + " " + unit;
  }

  /// At most four significant digits.
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, "%.4g", value)
        .replaceAll("(\\.\\d*?)0+($|e)", "$1$2")
        .replaceAll("\\.($|e)", "$1");
  }

  /// A ratio in [0, 1].
  public static String percent(double ratio) {
    return number(Math.round(ratio * 1000) / 10.0) + " %";
  }

  /// `rolled_back` is `rolled back`.
  public static String words(String name) {
    return name.replace('_', ' ');
  }

  /// How a state looks; never by colour alone, the word stands beside it.
  public static String tone(String state) {
    return switch (state) {
      case "healthy", "up", "succeeded", "passed", "resolved", "done", "carried" -> "good";
      case "degraded", "proposed", "deferred", "asks", "medium", "verifying", "compensating" ->
          "warn";
      case "critical", "down", "failed", "denied", "aborted", "rolled_back", "high", "lost" ->
          "bad";
      case "running", "approved", "open", "observe", "approve", "autonomous" -> "live";
      default -> "calm";
    };
  }

  public static String arguments(Optional<Map<String, Object>> arguments) {
    return arguments
        .map(a ->
            a.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", ")))
        .orElse("");
  }

  /// The beginning of a hash; the whole one is in its title.
  public static String brief(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }
}
