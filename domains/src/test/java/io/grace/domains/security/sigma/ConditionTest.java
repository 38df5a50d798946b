package io.grace.domains.security.sigma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final String SEARCHES =
      """
      sel_a: {a: 1}
      sel_b: {b: 1}
      other: [{c: 1}, {d: 1}]
      _hidden: {e: 1}
      keys: [needle, 'hay*stack']
      '|all': 1
      """
          .replace("'|all': 1\n", "");

  /// Condition; which of the letters a–e are 1; whether it fits.
  @ParameterizedTest
  @CsvSource({
    "sel_a, a, true",
    "sel_a and sel_b, a, false",
    "sel_a or sel_b and other, a, true",
    "(sel_a or sel_b) and other, a, false",
    "(sel_a or sel_b) and other, ad, true",
    "not sel_a, b, true",
    "sel_a and not 1 of sel_b*, ab, false",
    "all of sel_*, ab, true",
    "all of sel_*, a, false",
    "1 of sel_*, b, true",
    "any of sel_*, b, true",
    "1 of them, e, false",
    "_hidden, e, true",
    "not (sel_a or sel_b), c, true",
    "not not sel_a, a, true",
    "SEL_A or keys, a, error",
    "sel_a sel_b, a, error",
    "(sel_a, a, error",
    "2 of sel_*, a, error",
    "1 of nothing*, a, error",
    "sel_a | count() > 5, a, error"
  })
  void conditionHolds(String condition, String set, String expected) {
    String rule = Samples.rule("r", SEARCHES + "condition: '" + condition + "'");
    if (expected.equals("error")) {
      assertFalse(Samples.rejection(rule).isEmpty(), condition);
      return;
    }
    StringBuilder json = new StringBuilder("{\"z\": 0");
    set.chars().forEach(c -> json.append(", \"").append((char) c).append("\": 1"));

    assertEquals(
        Boolean.parseBoolean(expected),
        Samples.fits(Samples.engine(rule, Placeholders.NONE), json + "}"));
  }

  @Test
  void keywordsStandAnywhereInAnyField() {
    Sigma engine =
        Samples.engine(Samples.rule("r", SEARCHES + "condition: keys"), Placeholders.NONE);

    assertTrue(Samples.fits(engine, "{\"what\": \"a NEEDLE here\"}"));
    assertTrue(Samples.fits(engine, "{\"what\": {\"deep\": [\"a hay and a stack\"]}}"));
    assertFalse(Samples.fits(engine, "{\"needle\": \"only as a name\"}"));
  }

  @Test
  void allKeywordsMayBeAskedForAndListsOfConditionsAreAlternatives() {
    Sigma engine =
        Samples.engine(
            Samples.rule("r", "k:\n  '|all': [one, two]\ns: {a: 1}\ncondition: [k, s]"),
            Placeholders.NONE);

    assertTrue(Samples.fits(engine, "{\"x\": \"one\", \"y\": \"two\"}"));
    assertFalse(Samples.fits(engine, "{\"x\": \"one\"}"));
    assertTrue(Samples.fits(engine, "{\"a\": 1}"));
  }

  @Test
  void whatIsNotARuleIsRefusedAndTheOthersAreRead() {
    String good = Samples.rule("good", "s: {a: 1}\ncondition: s");
    String yaml = good + "---\ntitle: no detection\nname: bad\nlogsource: {category: test}\n";

    RuleSet rules = RuleSet.of("t", yaml, Placeholders.NONE);

    assertEquals(1, rules.size());
    assertEquals(
        "detection must be a map that is not empty", rules.rejections().getFirst().reason());
    assertTrue(Samples.rejection(good + "---\n" + good).contains("another rule"));
    assertTrue(Samples.rejection("a: [").startsWith("is not YAML"));
    assertTrue(Samples.rejection("a: 1\na: 2").startsWith("is not YAML"));
    assertTrue(Samples.rejection("a: &x 1\nb: *x").startsWith("aliases"));
    assertTrue(Samples.rejection("a: " + "[".repeat(40) + "]".repeat(40)).contains("deep"));
    assertTrue(
        Samples.rejection(Samples.rule("r", "s: {a: 1}\ntimeframe: 1m\ncondition: s"))
            .contains("correlation"));
  }
}
