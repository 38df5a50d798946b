package io.grace.runtime.codec;

/// Prints doubles as ECMAScript's `Number::toString` does (ECMA-262, 15th ed., § 6.1.6.1.20).
final class EcmaScript {
  private EcmaScript() {}

  /// @throws IllegalArgumentException if the value is not finite: JSON has no such number
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number for " + value);
    }
    if (value == 0) {
      return "0";
    }
    String sign = value < 0 ? "-" : "";
    // Java prints the shortest digits as well (since 19), only in another form.
    String java = Double.toString(Math.abs(value));
    int e = java.indexOf('E');
    int exponent = e < 0 ? 0 : Integer.parseInt(java.substring(e + 1));
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    String whole = mantissa.substring(0, point);
    String fraction = mantissa.substring(point + 1);
    String all = whole + fraction;
    int leading = 0;
    while (all.charAt(leading) == '0') {
      leading++;
    }
    int end = all.length();
    while (all.charAt(end - 1) == '0') {
      end--;
    }
    String digits =
        shortest(all.substring(leading, end), whole.length() - leading + exponent, value);
    // The value is 0.digits × 10^n.
    int n = whole.length() - leading + exponent;
    return sign + layout(digits, n);
  }

  /// Java prints two digits at least, and for a few subnormal numbers the second is not needed.
  private static String shortest(String digits, int n, double value) {
    if (digits.length() == 2) {
      int rounded = (Integer.parseInt(digits) + 5) / 10;
      if (rounded < 10 && Double.parseDouble("0." + rounded + "e" + n) == Math.abs(value)) {
        return Integer.toString(rounded);
      }
    }
    return digits;
  }

  private static String layout(String digits, int n) {
    int k = digits.length();
    if (k <= n && n <= 21) {
      return digits + "0".repeat(n - k);
    }
    if (0 < n && n <= 21) {
      return digits.substring(0, n) + "." + digits.substring(n);
    }
    if (-6 < n && n <= 0) {
      return "0." + "0".repeat(-n) + digits;
    }
    String exponent = (n - 1 < 0 ? "-" : "+") + Math.abs(n - 1);
    return k == 1
        ? digits + "e" + exponent
        : digits.charAt(0) + "." + digits.substring(1) + "e" + exponent;
  }
}
