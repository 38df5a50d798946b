package io.grace.core.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/// A recurring stretch of time, composed as in Alertmanager's `time_intervals`: it holds when every
/// field that is given holds. *Immutable.*
///
/// @param times of the day; empty means all day
/// @param weekdays 1 (Monday) – 7
/// @param daysOfMonth 1–31, or −1 (the last) – −31
/// @param months 1–12
/// @param years
/// @param dates single days, for holidays; empty means any
public record TimeInterval(
    String name,
    List<Times> times,
    List<Range> weekdays,
    List<Range> daysOfMonth,
    List<Range> months,
    List<Range> years,
    List<LocalDate> dates,
    ZoneId zone) {
  /// Minutes of the day, from inclusive, to exclusive; to may be 1440, the end of the day.
  public record Times(int fromMinute, int toMinute) {
    private static final int DAY = 24 * 60;

    public Times {
      if (fromMinute < 0 || toMinute > DAY || fromMinute >= toMinute) {
        throw new IllegalArgumentException(
            "times must be within one day and start before they end: "
                + fromMinute
                + "–"
                + toMinute
                + " minutes");
      }
    }
  }

  /// From and to, both inclusive.
  public record Range(int from, int to) {
    boolean holds(int value) {
      return from <= value && value <= to;
    }
  }

  public TimeInterval {
    times = List.copyOf(times);
    weekdays = List.copyOf(weekdays);
    daysOfMonth = List.copyOf(daysOfMonth);
    months = List.copyOf(months);
    years = List.copyOf(years);
    dates = List.copyOf(dates);
  }

  public boolean contains(Instant at) {
    ZonedDateTime local = at.atZone(zone);
    int minute = local.getHour() * 60 + local.getMinute();
    return isOnDay(local.toLocalDate())
        && (times.isEmpty()
            || times.stream().anyMatch(t -> t.fromMinute() <= minute && minute < t.toMinute()));
  }

  private boolean isOnDay(LocalDate day) {
    return any(weekdays, day.getDayOfWeek().getValue())
        && any(months, day.getMonthValue())
        && any(years, day.getYear())
        && (dates.isEmpty() || dates.contains(day))
        && (daysOfMonth.isEmpty() || daysOfMonth.stream().anyMatch(r -> isInMonth(r, day)));
  }

  private static boolean any(List<Range> ranges, int value) {
    return ranges.isEmpty() || ranges.stream().anyMatch(r -> r.holds(value));
  }

  private static boolean isInMonth(Range range, LocalDate day) {
    int length = YearMonth.from(day).lengthOfMonth();
    return new Range(fromEnd(range.from(), length), fromEnd(range.to(), length))
        .holds(day.getDayOfMonth());
  }

  private static int fromEnd(int day, int length) {
    return day < 0 ? length + 1 + day : day;
  }

  /// The moments on a day at which this interval can begin or end. A local time that a DST change
  /// repeats counts twice, one that it skips not at all, and the change itself may be an edge.
  List<Instant> edges(LocalDate day) {
    var edges = new ArrayList<Instant>();
    edges.add(day.atStartOfDay(zone).toInstant());
    for (Times t : times) {
      addAt(day, t.fromMinute(), edges);
      addAt(day, t.toMinute(), edges);
    }
    ZoneOffsetTransition change = zone.getRules().nextTransition(edges.getFirst().minusSeconds(1));
    if (change != null
        && change.getInstant().isBefore(day.plusDays(1).atStartOfDay(zone).toInstant())) {
      edges.add(change.getInstant());
    }
    return edges;
  }

  private void addAt(LocalDate day, int minute, List<Instant> edges) {
    LocalDateTime local = day.atStartOfDay().plusMinutes(minute);
    zone.getRules().getValidOffsets(local).forEach(offset -> edges.add(local.toInstant(offset)));
  }
}
