package io.grace.runtime.config;

import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.TimeInterval;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Reads change windows and freezes, written as Alertmanager's `time_intervals`.
final class CalendarReader {
  private static final ZoneId UTC = ZoneId.of("UTC");

  private CalendarReader() {}

  static ChangeCalendar read(Cursor calendar) {
    ZoneId zone = zone(calendar.at("zone"), UTC);
    var freezes = calendar.at("freezes").list(c -> interval(c, zone));
    return new ChangeCalendar(windows(calendar.at("change_windows"), zone), freezes);
  }

  private static List<TimeInterval> windows(Cursor windows, ZoneId zone) {
    if (!windows.isThere()) {
      return ChangeCalendar.businessHours(zone).windows();
    }
    if (windows.node().isString()) {
      if (!windows.text("").equals("always")) {
        windows.problem(
            "must be always or a list of windows" + Shown.value(windows.pointer(), windows.node()));
      }
      return ChangeCalendar.always().windows();
    }
    return windows.list(c -> interval(c, zone));
  }

  private static Optional<TimeInterval> interval(Cursor interval, ZoneId zone) {
    if (interval.members().keySet().stream().noneMatch(IntervalFields.WHEN::contains)) {
      interval.problem(
          "says nothing about when; give at least one of "
              + String.join(", ", IntervalFields.WHEN.stream().sorted().toList()));
      return Optional.empty();
    }
    return interval.make(() ->
        new TimeInterval(
            interval.at("name").text("unnamed"),
            interval.at("times").list(IntervalFields::times),
            interval.at("weekdays").list(IntervalFields::weekdays),
            interval.at("days_of_month").list(IntervalFields::daysOfMonth),
            interval.at("months").list(IntervalFields::months),
            interval.at("years").list(IntervalFields::years),
            interval.at("dates").list(CalendarReader::date),
            zone(interval.at("location"), zone)));
  }

  private static Optional<LocalDate> date(Cursor date) {
    try {
      return date.text().map(LocalDate::parse);
    } catch (DateTimeException _) {
      date.problem("there is no such day" + Shown.value(date.pointer(), date.node()));
      return Optional.empty();
    }
  }

  private static ZoneId zone(Cursor zone, ZoneId fallback) {
    var name = zone.text();
    try {
      return name.map(ZoneId::of).orElse(fallback);
    } catch (DateTimeException _) {
      zone.problem(
          "unknown time zone " + Known.named(name.orElse(""), ZoneId.getAvailableZoneIds()));
      return fallback;
    }
  }
}
