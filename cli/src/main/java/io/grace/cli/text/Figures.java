package io.grace.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How numbers and times read.
public final class Figures {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
  private static final double PLAIN_BELOW = 1e12;

  private Figures() {}

  /// Whole numbers in full, others with four digits.
  public static String number(double value) {
    if (!Double.isFinite(value) || Math.abs(value) >= PLAIN_BELOW) {
      return Double.toString(value);
    }
    if (value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        Math.abs(value) >= 1000
            ? exact.setScale(0, RoundingMode.HALF_EVEN)
            : exact.round(FOUR_DIGITS);
    String plain = rounded.stripTrailingZeros().toPlainString();
    return plain.length() > 12 ? Double.toString(value) : plain;
  }

  /// To the second, in UTC.
  public static String moment(Instant at) {
    return MOMENT.format(at);
  }

  /// `850ms`, `12.3s`, `4m05s`, `2h07m`, `3d04h`.
  public static String duration(Duration time) {
    if (time.isNegative()) {
      return "-" + duration(time.negated());
    }
    long ms = time.toMillis();
    if (ms < 1_000) {
      return ms + "ms";
    }
    if (ms < 60_000) {
      String tenths = ms % 1_000 / 100 == 0 ? "" : "." + ms % 1_000 / 100;
      return ms / 1_000 + tenths + "s";
    }
    if (time.toHours() < 1) {
      return pair(time.toMinutes(), "m", time.toSecondsPart(), "s");
    }
    return time.toDays() < 1
        ? pair(time.toHours(), "h", time.toMinutesPart(), "m")
        : pair(time.toDays(), "d", time.toHoursPart(), "h");
  }

  /// Since a beginning, to a tenth of a second as long as that matters: `+1m30.2s`.
  public static String offset(Duration time) {
    if (time.isNegative() || time.toMinutes() < 1 || time.toHours() >= 1) {
      return (time.isNegative() ? "" : "+") + duration(time);
    }
    return "+%dm%02d.%ds"
        .formatted(time.toMinutes(), time.toSecondsPart(), time.toMillisPart() / 100);
  }

  private static String pair(long big, String bigUnit, long small, String smallUnit) {
    return small == 0 ? big + bigUnit : big + bigUnit + (small < 10 ? "0" : "") + small + smallUnit;
  }

  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
