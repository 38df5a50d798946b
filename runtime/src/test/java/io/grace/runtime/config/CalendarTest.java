package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.TimeInterval.Range;
import io.grace.core.policy.TimeInterval.Times;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarTest {
  @Test
  void withoutACalendarBusinessHoursInUtcHold() {
    assertEquals(ChangeCalendar.businessHours(ZoneId.of("UTC")), calendar("{}"));
  }

  @Test
  void theZoneOfTheCalendarIsThatOfItsBusinessHours() {
    var zone = ZoneId.of("Europe/Berlin");

    assertEquals(ChangeCalendar.businessHours(zone), calendar("{zone: Europe/Berlin}"));
  }

  @Test
  void alwaysIsAlways() {
    assertEquals(ChangeCalendar.always(), calendar("{change_windows: always}"));
  }

  @Test
  void everyFieldOfAlertmanagerIsRead() {
    var window =
        calendar(
                """
                change_windows:
                    - name: all
                      times: [{start_time: "09:00", end_time: "24:00"}]
                      weekdays: ["monday:friday", saturday]
                      days_of_month: ["1:5", "-3:-1", 15]
                      months: ["january:march", "5"]
                      years: ["2026:2027", 2030]
                      location: America/New_York
                """)
            .windows()
            .getFirst();

    assertEquals(List.of(new Times(540, 1440)), window.times());
    assertEquals(List.of(new Range(1, 5), new Range(6, 6)), window.weekdays());
    assertEquals(
        List.of(new Range(1, 5), new Range(-3, -1), new Range(15, 15)), window.daysOfMonth());
    assertEquals(List.of(new Range(1, 3), new Range(5, 5)), window.months());
    assertEquals(List.of(new Range(2026, 2027), new Range(2030, 2030)), window.years());
    assertEquals(ZoneId.of("America/New_York"), window.zone());
  }

  @Test
  void aHolidayIsFrozen() {
    var calendar =
        calendar("{change_windows: always, freezes: [{name: xmas, dates: [2026-12-25]}]}");

    assertFalse(calendar.isOpen(Instant.parse("2026-12-25T12:00:00Z")));
    assertTrue(calendar.isOpen(Instant.parse("2026-12-26T12:00:00Z")));
  }

  private static ChangeCalendar calendar(String yaml) {
    String inline = yaml.startsWith("{") ? " " + yaml : "\n  " + yaml;
    return Examples.valid("apiVersion: grace/v1\ncalendar:" + inline).policy().calendar();
  }
}
