package io.grace.domains.security.sigma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Made rules and made events: what the index finds is what asking every question of the event
/// finds.
class IndexTest {
  private static final String[] WORDS = {
    "cmd", "\\\\win", ".exe", "k", "é", "😀", "imphash=0123456789abcdef0123456789", "-enc ", "s1"
  };
  private static final String[] MODIFIERS = {
    "", "|contains", "|startswith", "|endswith", "|contains|all", "|re", "|contains|cased"
  };
  private static final String[] CONDITIONS = {
    "a and b", "a or b", "a and not b", "not (a or b)", "not (a and b)", "b"
  };

  private static String words(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private static String line(Random random) {
    List<String> values = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      values.add("'" + words(random, 2) + (random.nextInt(8) == 0 ? "*" : "") + "'");
    }
    String modifier = MODIFIERS[random.nextInt(MODIFIERS.length)];
    String list = String.join(", ", values);
    return random.nextInt(10) == 0
        ? "[" + list.replace("*", "") + "]"
        : "{f%d%s: [%s]}"
            .formatted(
                random.nextInt(3), modifier, modifier.equals("|re") ? list.replace("*", "") : list);
  }

  @Test
  void indexFindsWhatAskingEveryQuestionFinds() {
    int fits = 0;
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      StringBuilder yaml = new StringBuilder();
      for (int rule = 0; rule < 60; rule++) {
        yaml.append(rule == 0 ? "" : "---\n")
            .append(
                Samples.rule(
                    "r" + rule,
                    "a: %s\nb: %s\ncondition: %s"
                        .formatted(
                            line(random),
                            line(random),
                            CONDITIONS[random.nextInt(CONDITIONS.length)])));
      }
      Sigma engine = Samples.engine(yaml.toString(), Placeholders.NONE);
      for (int event = 0; event < 100; event++) {
        String value = words(random, 4);
        String other = words(random, 2).replace('k', '\u212A').replace('s', '\u017F');
        String json =
            "{\"f0\": \"%s\", \"f1\": [\"%s\", \"%s\"], \"f2\": \"%s\"}"
                .formatted(value.toUpperCase(Locale.ROOT), other, value, words(random, 1));
        Set<String> found = new HashSet<>(engine.fitting(Samples.event(engine, json), true));
        Set<String> checked = new HashSet<>(engine.fitting(Samples.event(engine, json), false));

        assertEquals(checked, found, "seed " + seed + ", event " + json);
        fits += found.size();
      }
    }
    assertTrue(fits > 10_000, "too few fit to tell: " + fits);
  }
}
