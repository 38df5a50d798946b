package io.grace.domains.security.sigma;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A regular expression whose cost is bounded: by RE2 in time linear in the text, and where RE2 does
/// not know the syntax (looking around, possessive and atomic groups) by the JDK's within a number
/// of steps.
///
/// Cox, "Regular Expression Matching Can Be Simple And Fast", 2007, is why. *Immutable.*
sealed interface LinearRegex {
  /// Rules are written by strangers: a longer program is a mistake or an attack.
  int MOST_INSTRUCTIONS = 20_000;

  int LONGEST = 8_192;

  /// @throws StepsExceeded if the bound was reached; whether it fits is then not known
  boolean finds(CharSequence text) throws StepsExceeded;

  /// @param flags of `i`, `m` and `s`
  static LinearRegex of(String pattern, String flags) throws Unusable {
    if (pattern.length() > LONGEST) {
      throw new Unusable("a regular expression must have at most " + LONGEST + " characters");
    }
    int bits =
        (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0)
            | (flags.contains("m") ? Pattern.MULTILINE : 0)
            | (flags.contains("s") ? Pattern.DOTALL : 0);
    try {
      Pattern compiled = Pattern.compile(pattern, bits);
      if (compiled.programSize() > MOST_INSTRUCTIONS) {
        throw new Unusable("a regular expression is too large: " + pattern);
      }
      return new Linear(compiled);
    } catch (PatternSyntaxException _) {
      return Stepping.of(pattern, flags);
    }
  }

  record Linear(Pattern pattern) implements LinearRegex {
    @Override
    public boolean finds(CharSequence text) {
      return pattern.matcher(text).find();
    }
  }

  /// Backtracks, but gives up after so many looks at a character.
  record Stepping(java.util.regex.Pattern pattern) implements LinearRegex {
    /// Some 2 ms.
    static final int MOST_STEPS = 200_000;

    static Stepping of(String pattern, String flags) throws Unusable {
      int bits =
          (flags.contains("i") ? java.util.regex.Pattern.CASE_INSENSITIVE : 0)
              | (flags.contains("m") ? java.util.regex.Pattern.MULTILINE : 0)
              | (flags.contains("s") ? java.util.regex.Pattern.DOTALL : 0);
      try {
        return new Stepping(java.util.regex.Pattern.compile(pattern, bits));
      } catch (java.util.regex.PatternSyntaxException e) {
        throw new Unusable("is no regular expression: " + pattern + ": " + e.getDescription());
      }
    }

    @Override
    public boolean finds(CharSequence text) throws StepsExceeded {
      try {
        return pattern.matcher(new Counted(text, new int[] {MOST_STEPS})).find();
      } catch (OutOfSteps | StackOverflowError _) {
        throw new StepsExceeded();
      }
    }
  }

  /// A regular expression was given up.
  final class StepsExceeded extends Exception {
    private static final long serialVersionUID = 1;

    StepsExceeded() {
      super("a regular expression took too many steps", null, false, false);
    }
  }

  /// Leaves the JDK's matcher, which lets no checked exception through.
  final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfSteps() {
      super("out of steps", null, false, false);
    }
  }

  /// @param left of one number: how many looks are left
  record Counted(CharSequence text, int[] left) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
        throw new OutOfSteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
