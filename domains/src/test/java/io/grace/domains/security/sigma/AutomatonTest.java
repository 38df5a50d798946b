package io.grace.domains.security.sigma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.security.sigma.Atom.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AutomatonTest {
  private record Wanted(String text, Where where) {
    boolean stands(String value) {
      String folded = value.toLowerCase(Locale.ROOT);
      return switch (where) {
        case ANYWHERE -> folded.contains(text);
        case START -> folded.startsWith(text);
        case END -> folded.endsWith(text);
        case WHOLE -> folded.equals(text);
      };
    }
  }

  @Test
  void findsExactlyWhatASlowSearchFinds() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<Wanted> wanted = new ArrayList<>();
      var builder = new FieldIndex.Builder();
      // So many that the deep states of one automaton have no row of their own.
      for (int i = 0; i < (seed % 10 == 0 ? 30_000 : 200); i++) {
        int length = 1 + random.nextInt(seed % 10 == 0 ? 14 : 5);
        var one = new Wanted(word(random, length), Where.values()[random.nextInt(4)]);
        wanted.add(one);
        builder.add(one.text, i, one.where);
      }
      FieldIndex index = builder.build();
      for (int round = 0; round < 30; round++) {
        String value =
            (round % 2 == 0 ? "É" : "") + word(random, random.nextInt(30)).toUpperCase(Locale.ROOT);
        var found = new TreeSet<Integer>();
        var expected = new TreeSet<Integer>();

        index.scan(value.toCharArray(), 0, value.length(), found::add);

        for (int i = 0; i < wanted.size(); i++) {
          if (wanted.get(i).stands(value)) {
            expected.add(i);
          }
        }
        assertEquals(expected, found, "seed " + seed + ", value " + value);
      }
    }
  }

  /// Many long texts that begin and end alike, in values that hold none, one or two of them.
  @Test
  void findsLongTextsWhereverTheyStand() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<Wanted> wanted = new ArrayList<>();
      var builder = new FieldIndex.Builder();
      for (int i = 0; i < 300; i++) {
        int length = Strides.SHORTEST - 16 + random.nextInt(seed % 2 == 0 ? 1 : 30);
        String text = "imphash=" + word(random, length) + (i % 2 == 0 ? ",sha256=" : "é\\123456");
        wanted.add(new Wanted(text, Where.ANYWHERE));
        builder.add(text, i, Where.ANYWHERE);
      }
      FieldIndex index = builder.build();
      for (int round = 0; round < 100; round++) {
        StringBuilder value = new StringBuilder(word(random, random.nextInt(40)));
        for (int i = round % 3; i > 0; i--) {
          value.append(wanted.get(random.nextInt(wanted.size())).text.toUpperCase(Locale.ROOT));
          value.append(word(random, random.nextInt(40)));
        }
        var found = new TreeSet<Integer>();
        var expected = new TreeSet<Integer>();
        char[] chars = ("x" + value + "y").toCharArray();

        index.scan(chars, 1, chars.length - 1, found::add);

        for (int i = 0; i < wanted.size(); i++) {
          if (wanted.get(i).stands(value.toString())) {
            expected.add(i);
          }
        }
        assertEquals(expected, found, "seed " + seed + ", value " + value);
        assertTrue(expected.size() >= round % 3 - 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void charactersBeyondAsciiThatFoldIntoItAreFound(Where where) {
    var builder = new FieldIndex.Builder();
    builder.add("kms", 7, where);
    var found = new TreeSet<Integer>();

    builder.build().scan("\u212AM\u017F".toCharArray(), 0, 3, found::add);

    assertEquals(new TreeSet<>(List.of(7)), found);
  }

  private static String word(Random random, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("abcdé\\.".charAt(random.nextInt(7)));
    }
    return word.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "net\\s+user ~ user ~ 8",
        "abc|defg ~ abc,defg ~ 3",
        "abc|d* ~ '' ~ 0",
        "(?:foo|barr)baz? ~ foo,barr ~ 5",
        "a{3,}bcd ~ bcd ~ 6",
        "[Rr]un[\"'] ~ run\",run' ~ 4",
        "x?yz+ ~ yz ~ 2",
        "[0-9]{10} ~ '' ~ 10",
        "(?i)\\$\\{`?e ~ ${ ~ 3",
        "a(?!b) ~ '' ~ 0",
        ".*  ~ '' ~ 0",
        "\\\\x[^a-z]:\\\\ ~ \\x ~ 5"
      })
  void aRegularExpressionNeedsTheseTexts(String regex, String texts, int length) {
    RegexLiterals.Needs needs = RegexLiterals.of(regex.strip());

    assertEquals(texts, String.join(",", needs.texts()));
    assertEquals(length, needs.length());
  }

  @Test
  void whatARegularExpressionNeedsIsInWhateverItFinds() {
    String[] parts = {"a", "b+", "[ab]", "c?", "(?:ab|c)", "d*", ".", "\\.", "(a|bc)+", "a{2}"};
    Random random = new Random(7);
    int found = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder regex = new StringBuilder();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        regex.append(parts[random.nextInt(parts.length)]);
      }
      var matcher =
          java.util.regex.Pattern.compile(regex.toString())
              .matcher(word(random, random.nextInt(12)));
      if (matcher.find()) {
        found++;
        RegexLiterals.Needs needs = RegexLiterals.of(regex.toString());
        String match = matcher.group();
        assertTrue(match.length() >= needs.length(), regex + " on " + match);
        assertTrue(
            needs.texts().isEmpty() || needs.texts().stream().anyMatch(match::contains),
            regex + " needs " + needs + " in " + match);
      }
    }
    assertTrue(found > 1_000, "found " + found);
  }
}
