package io.grace.domains.security.sigma;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.util.OptionalInt;

/// A number within a date, as the date is written: zones are not converted.
enum DatePart {
  NONE,
  MINUTE,
  HOUR,
  DAY,
  WEEK,
  MONTH,
  YEAR;

  private static final int DATE_LENGTH = 10;
  private static final int WITH_MINUTES = 16;

  /// @param text such as `2026-04-20`, `2026-04-20 10:00:35.640` or `2026-04-20T10:00:35Z`
  /// @return empty if it is no such date, or lacks a time that is asked for
  OptionalInt of(CharSequence text) {
    int length = text.length();
    if (length < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return OptionalInt.empty();
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, DATE_LENGTH);
    boolean isTimed =
        length >= WITH_MINUTES
            && (text.charAt(DATE_LENGTH) == 'T' || text.charAt(DATE_LENGTH) == ' ')
            && text.charAt(13) == ':';
    int hour = isTimed ? number(text, 11, 13) : 0;
    int minute = isTimed ? number(text, 14, WITH_MINUTES) : 0;
    try {
      LocalDateTime date = LocalDateTime.of(year, month, day, hour, minute);
      return switch (this) {
        case NONE -> OptionalInt.empty();
        case MINUTE -> isTimed ? OptionalInt.of(date.getMinute()) : OptionalInt.empty();
        case HOUR -> isTimed ? OptionalInt.of(date.getHour()) : OptionalInt.empty();
        case DAY -> OptionalInt.of(date.getDayOfMonth());
        case WEEK -> OptionalInt.of(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        case MONTH -> OptionalInt.of(date.getMonthValue());
        case YEAR -> OptionalInt.of(date.getYear());
      };
    } catch (DateTimeException _) {
      return OptionalInt.empty();
    }
  }

  private static int number(CharSequence text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
