package io.grace.core.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// When changes are welcome (windows) and when nobody may change anything (freezes). A freeze beats
/// a window. *Immutable.*
public record ChangeCalendar(List<TimeInterval> windows, List<TimeInterval> freezes) {
  /// A calendar that does not open within a year is closed for good, as far as a run cares.
  private static final int HORIZON_DAYS = 366;

  public ChangeCalendar {
    windows = List.copyOf(windows);
    freezes = List.copyOf(freezes);
  }

  /// Monday to Friday, 09:00–18:00 in the given zone.
  public static ChangeCalendar businessHours(ZoneId zone) {
    return new ChangeCalendar(
        List.of(
            new TimeInterval(
                "business hours",
                List.of(new TimeInterval.Times(9 * 60, 18 * 60)),
                List.of(new TimeInterval.Range(1, 5)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                zone)),
        List.of());
  }

  /// Always open.
  public static ChangeCalendar always() {
    return new ChangeCalendar(
        List.of(
            new TimeInterval(
                "always",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ZoneId.of("UTC"))),
        List.of());
  }

  public Optional<TimeInterval> freezeAt(Instant at) {
    return freezes.stream().filter(f -> f.contains(at)).findFirst();
  }

  public boolean isInWindow(Instant at) {
    return windows.stream().anyMatch(w -> w.contains(at));
  }

  /// Whether changes are welcome.
  public boolean isOpen(Instant at) {
    return isInWindow(at) && freezeAt(at).isEmpty();
  }

  /// The first moment from `from` on at which changes are welcome; empty if not within a year.
  public Optional<Instant> nextOpening(Instant from) {
    return next(from, this::isOpen);
  }

  /// The first moment from `from` on outside every freeze; empty if not within a year.
  public Optional<Instant> nextThaw(Instant from) {
    return next(from, at -> freezeAt(at).isEmpty());
  }

  private Optional<Instant> next(Instant from, Predicate<Instant> isWelcome) {
    if (isWelcome.test(from)) {
      return Optional.of(from);
    }
    // The state can only change at an edge of an interval; a zone can be a day apart from UTC.
    LocalDate first = from.truncatedTo(ChronoUnit.DAYS).atZone(ZoneId.of("UTC")).toLocalDate();
    for (int day = -1; day <= HORIZON_DAYS; day++) {
      Optional<Instant> opening = earliest(first.plusDays(day), from, isWelcome);
      if (opening.isPresent()) {
        // Far in the east the next two days may begin before this one is over in the far west.
        return Stream.of(
                opening,
                earliest(first.plusDays(day + 1L), from, isWelcome),
                earliest(first.plusDays(day + 2L), from, isWelcome))
            .flatMap(Optional::stream)
            .min(Instant::compareTo);
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> earliest(LocalDate date, Instant from, Predicate<Instant> isWelcome) {
    return Stream.concat(windows.stream(), freezes.stream())
        .flatMap(interval -> interval.edges(date).stream())
        .filter(at -> at.isAfter(from))
        .sorted()
        .filter(isWelcome)
        .findFirst();
  }
}
