package io.grace.domains.security.sigma;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression whose cost is bounded. The JDK's matcher, which is quick where it does not
/// backtrack, may look at a number of characters that is linear in the text; where that is not
/// enough RE2 decides, in time linear in the text; and where RE2 does not know the syntax (looking
/// around, references back) it is given up and counted.
///
/// Cox, "Regular Expression Matching Can Be Simple And Fast", 2007, is why. *Immutable.*
///
/// @param quick with only `\n` as the end of a line, as in PCRE
/// @param linear null if RE2 does not know the syntax
record LinearRegex(java.util.regex.Pattern quick, @Nullable Pattern linear) {
  /// Rules are written by strangers: a longer program is a mistake or an attack.
  private static final int MOST_INSTRUCTIONS = 20_000;

  private static final int LONGEST = 8_192;

  /// Looks for each character of the text, and for any text.
  private static final int LOOKS_EACH = 20;

  private static final int LOOKS = 5_000;

  /// Without RE2: some 2 ms.
  private static final int LOOKS_ALONE = 200_000;

  /// @param flags of `i`, `m` and `s`
  static LinearRegex of(String pattern, String flags) throws Unusable {
    if (pattern.length() > LONGEST) {
      throw new Unusable("a regular expression must have at most " + LONGEST + " characters");
    }
    boolean i = flags.contains("i");
    boolean m = flags.contains("m");
    boolean s = flags.contains("s");
    int quick =
        java.util.regex.Pattern.UNIX_LINES
            | (i ? java.util.regex.Pattern.CASE_INSENSITIVE : 0)
            | (m ? java.util.regex.Pattern.MULTILINE : 0)
            | (s ? java.util.regex.Pattern.DOTALL : 0);
    int linear =
        (i ? Pattern.CASE_INSENSITIVE : 0) | (m ? Pattern.MULTILINE : 0) | (s ? Pattern.DOTALL : 0);
    try {
      return new LinearRegex(
          java.util.regex.Pattern.compile(pattern, quick), linear(pattern, linear));
    } catch (java.util.regex.PatternSyntaxException e) {
      throw new Unusable("is no regular expression: " + pattern + ": " + e.getDescription());
    }
  }

  private static @Nullable Pattern linear(String pattern, int flags) throws Unusable {
    Pattern compiled;
    try {
      compiled = Pattern.compile(pattern, flags);
    } catch (PatternSyntaxException _) {
      return null;
    }
    if (compiled.programSize() > MOST_INSTRUCTIONS) {
      throw new Unusable("a regular expression is too large: " + pattern);
    }
    return compiled;
  }

  /// @throws StepsExceeded if the bound was reached; whether it fits is then not known
  boolean finds(CharSequence text) throws StepsExceeded {
    int looks = linear == null ? LOOKS_ALONE : LOOKS + LOOKS_EACH * text.length();
    try {
      return quick.matcher(new Counted(text, new int[] {looks})).find();
    } catch (OutOfSteps | StackOverflowError _) {
      if (linear == null) {
        throw new StepsExceeded();
      }
      return linear.matcher(text).find();
    }
  }

  /// A regular expression was given up.
  static final class StepsExceeded extends Exception {
    private static final long serialVersionUID = 1;

    StepsExceeded() {
      super("a regular expression took too many steps", null, false, false);
    }
  }

  /// Leaves the JDK's matcher, which lets no checked exception through.
  private static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfSteps() {
      super("out of steps", null, false, false);
    }
  }

  /// @param left of one number: how many looks are left
  private record Counted(CharSequence text, int[] left) implements CharSequence {
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
