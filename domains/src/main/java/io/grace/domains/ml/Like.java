package io.grace.domains.ml;

import java.util.Locale;

/// SQL's pattern of a text: `%` is any text, `_` any one character. *Immutable.*
///
/// No regular expression: those go back and forth for minutes over a pattern that is made for that.
record Like(String pattern, boolean ignoresCase) {
  Like {
    pattern = ignoresCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
  }

  /// In the worst case as many steps as the product of both lengths: only the last `%` is ever
  /// widened, since what an earlier one took can stay as it is.
  boolean matches(String value) {
    String text = ignoresCase ? value.toLowerCase(Locale.ROOT) : value;
    int p = 0;
    int t = 0;
    int any = -1;
    int taken = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '%') {
        any = p++;
        taken = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '_' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (any >= 0) {
        p = any + 1;
        t = ++taken;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '%') {
      p++;
    }
    return p == pattern.length();
  }
}
