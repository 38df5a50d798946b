package io.grace.core.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.policy.TimeInterval.Range;
import io.grace.core.policy.TimeInterval.Times;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// In 2026 Berlin skips 02:00–03:00 on 29 March and has 02:00–03:00 twice on 25 October.
class ChangeCalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void windowFollowsItsZoneThroughTheYear() {
    var office = ChangeCalendar.businessHours(BERLIN);

    assertFalse(office.isOpen(Instant.parse("2026-01-12T07:59:59Z")));
    assertTrue(office.isOpen(Instant.parse("2026-01-12T08:00:00Z")));
    assertTrue(office.isOpen(Instant.parse("2026-07-13T07:00:00Z")));
    assertFalse(office.isOpen(Instant.parse("2026-07-13T16:00:00Z")));
  }

  @Test
  void nextOpeningPassesOverTheWeekend() {
    var office = ChangeCalendar.businessHours(BERLIN);

    assertEquals(
        opens("2026-01-12T08:00:00Z"), office.nextOpening(Instant.parse("2026-01-09T17:00:00Z")));
  }

  @Test
  void openCalendarOpensNow() {
    Instant now = Instant.parse("2026-01-12T09:30:00Z");

    assertEquals(Optional.of(now), ChangeCalendar.businessHours(BERLIN).nextOpening(now));
  }

  @Test
  void windowInsideTheSkippedHourOpensAtTheChange() {
    var night = daily(150, 240, BERLIN); // 02:30–04:00; there is no 02:30.
    Instant change = Instant.parse("2026-03-29T01:00:00Z");

    assertFalse(night.isOpen(change.minusSeconds(1)));
    assertTrue(night.isOpen(change));
    assertEquals(Optional.of(change), night.nextOpening(change.minusSeconds(3600)));
  }

  @Test
  void windowInTheRepeatedHourOpensTwice() {
    var night = daily(150, 240, BERLIN); // 02:30–04:00; 02:30 comes twice.

    assertTrue(night.isOpen(Instant.parse("2026-10-25T00:45:00Z")));
    assertFalse(night.isOpen(Instant.parse("2026-10-25T01:15:00Z")));
    assertEquals(
        opens("2026-10-25T01:30:00Z"), night.nextOpening(Instant.parse("2026-10-25T01:15:00Z")));
  }

  @Test
  void windowThatEndsInTheRepeatedHourOpensAgainAtTheChange() {
    var night = daily(60, 150, BERLIN); // 01:00–02:30

    assertFalse(night.isOpen(Instant.parse("2026-10-25T00:45:00Z")));
    assertEquals(
        opens("2026-10-25T01:00:00Z"), night.nextOpening(Instant.parse("2026-10-25T00:45:00Z")));
  }

  @Test
  void earliestOpeningWinsAcrossZones() {
    var honolulu = times(23 * 60, 24 * 60, ZoneId.of("Pacific/Honolulu"));
    var auckland = times(60, 120, ZoneId.of("Pacific/Auckland"));
    var both = new ChangeCalendar(List.of(honolulu, auckland), List.of());

    // 01:00 of the 16th in Auckland comes before 23:00 of the 15th in Honolulu.
    assertEquals(
        opens("2026-06-15T13:00:00Z"), both.nextOpening(Instant.parse("2026-06-15T10:30:00Z")));
  }

  @Test
  void freezeBeatsWindow() {
    var christmas = day("christmas", LocalDate.of(2026, 12, 24), BERLIN);
    var calendar =
        new ChangeCalendar(ChangeCalendar.businessHours(BERLIN).windows(), List.of(christmas));
    Instant inside = Instant.parse("2026-12-24T10:00:00Z");

    assertTrue(calendar.isInWindow(inside));
    assertFalse(calendar.isOpen(inside));
    assertEquals(opens("2026-12-25T08:00:00Z"), calendar.nextOpening(inside));
    assertEquals(opens("2026-12-24T23:00:00Z"), calendar.nextThaw(inside));
  }

  @Test
  void holidayEndsAtLocalMidnight() {
    var unity = day("unity day", LocalDate.of(2026, 10, 3), BERLIN);

    assertFalse(unity.contains(Instant.parse("2026-10-02T21:59:59Z")));
    assertTrue(unity.contains(Instant.parse("2026-10-02T22:00:00Z")));
    assertFalse(unity.contains(Instant.parse("2026-10-03T22:00:00Z")));
  }

  @Test
  void lastDaysOfAMonthFollowItsLength() {
    var monthEnd =
        new TimeInterval(
            "month end",
            List.of(),
            List.of(),
            List.of(new Range(-2, -1)),
            List.of(),
            List.of(),
            List.of(),
            ZoneId.of("UTC"));

    assertFalse(monthEnd.contains(Instant.parse("2026-02-26T12:00:00Z")));
    assertTrue(monthEnd.contains(Instant.parse("2026-02-27T12:00:00Z")));
    assertTrue(monthEnd.contains(Instant.parse("2026-02-28T12:00:00Z")));
    assertFalse(monthEnd.contains(Instant.parse("2028-02-27T12:00:00Z")));
    assertTrue(monthEnd.contains(Instant.parse("2028-02-29T12:00:00Z")));
  }

  @Test
  void calendarThatNeverOpensSaysSo() {
    assertEquals(
        Optional.empty(), new ChangeCalendar(List.of(), List.of()).nextOpening(Instant.EPOCH));
  }

  private static Optional<Instant> opens(String at) {
    return Optional.of(Instant.parse(at));
  }

  private static ChangeCalendar daily(int from, int to, ZoneId zone) {
    return new ChangeCalendar(List.of(times(from, to, zone)), List.of());
  }

  private static TimeInterval times(int from, int to, ZoneId zone) {
    return new TimeInterval(
        "times",
        List.of(new Times(from, to)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        zone);
  }

  private static TimeInterval day(String name, LocalDate date, ZoneId zone) {
    return new TimeInterval(
        name, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(date), zone);
  }
}
