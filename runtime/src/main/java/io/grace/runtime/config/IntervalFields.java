package io.grace.runtime.config;

import io.grace.core.policy.TimeInterval.Range;
import io.grace.core.policy.TimeInterval.Times;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the fields of an interval: single values or `from:to`, both inclusive.
final class IntervalFields {
  /// The fields that say when, any of which makes an interval.
  static final Set<String> WHEN =
      Set.of("times", "weekdays", "days_of_month", "months", "years", "dates");

  private static final List<String> WEEKDAYS = names(DayOfWeek.values());
  private static final List<String> MONTHS = names(Month.values());
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,4}");

  private IntervalFields() {}

  static Optional<Times> times(Cursor times) {
    var start = minute(times.at("start_time"));
    var end = minute(times.at("end_time"));
    if (start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    if (start.get() >= end.get()) {
      times.problem(
          "must end after it starts; for a night write two, until '24:00' and from '00:00'");
      return Optional.empty();
    }
    return times.make(() -> new Times(start.get(), end.get()));
  }

  private static Optional<Integer> minute(Cursor clock) {
    return clock
        .text()
        .filter(text -> text.matches("[0-9]{2}:[0-9]{2}"))
        .map(text ->
            Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3)));
  }

  static Optional<Range> weekdays(Cursor cursor) {
    return range(cursor, "a weekday such as monday", text -> named(text, WEEKDAYS));
  }

  static Optional<Range> months(Cursor cursor) {
    return range(
        cursor,
        "a month such as january or 1",
        text -> named(text, MONTHS).or(() -> number(text, 1, 12)));
  }

  static Optional<Range> years(Cursor cursor) {
    return range(cursor, "a year such as 2026", text -> number(text, 1970, 9999));
  }

  static Optional<Range> daysOfMonth(Cursor cursor) {
    return range(
        cursor,
        "a day from 1 to 31, or from -31 to -1 (the last)",
        text -> number(text, -31, 31).filter(day -> day != 0));
  }

  private static Optional<Range> range(
      Cursor cursor, String wanted, Function<String, Optional<Integer>> value) {
    String text = cursor.text("");
    int colon = text.indexOf(':');
    var from = value.apply(colon < 0 ? text : text.substring(0, colon));
    var to = value.apply(colon < 0 ? text : text.substring(colon + 1));
    String shown = Shown.value(cursor.pointer(), cursor.node());
    if (from.isEmpty() || to.isEmpty()) {
      cursor.problem("must be " + wanted + ", or from:to" + shown);
      return Optional.empty();
    }
    boolean fromEnd = from.get() < 0 && to.get() > 0;
    boolean acrossMonth = from.get() > 0 && to.get() < 0;
    if (fromEnd || (!acrossMonth && from.get() > to.get())) {
      cursor.problem("must end after it starts; write two ranges" + shown);
      return Optional.empty();
    }
    return Optional.of(new Range(from.get(), to.get()));
  }

  private static Optional<Integer> named(String text, List<String> names) {
    int index = names.indexOf(text.toLowerCase(Locale.ROOT));
    return index < 0 ? Optional.empty() : Optional.of(index + 1);
  }

  private static Optional<Integer> number(String text, int min, int max) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Integer.parseInt(text)).filter(n -> n >= min && n <= max)
        : Optional.empty();
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(c -> c.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableList());
  }
}
