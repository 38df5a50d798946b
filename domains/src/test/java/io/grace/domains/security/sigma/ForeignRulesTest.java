package io.grace.domains.security.sigma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.security.sigma.RuleSet.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a stranger's rules may do: add, and nothing else.
class ForeignRulesTest {
  private static final RuleSet OURS =
      RuleSet.of(
          "ours",
          Samples.line("a: 1").replace("name: r", "name: r\nid: ours-1"),
          Placeholders.NONE);

  private static RuleSet read(String... texts) {
    List<Foreign> foreign = new ArrayList<>();
    for (String text : texts) {
      foreign.add(new Foreign("doc" + foreign.size(), text));
    }
    return RuleSet.ofOthers(foreign, OURS, Placeholders.NONE);
  }

  private static String called(String name) {
    return Samples.line("a: 2").replace("name: r", "name: " + name);
  }

  @Test
  void ruleIsTakenAndItIsKnownWhereItIsFrom() {
    RuleSet read = read(called("x"), called("y") + "---\n" + called("z"));

    assertEquals(3, read.size());
    assertEquals(Optional.of("doc1"), read.origin("z"));
    assertEquals(Optional.empty(), read.origin("r"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "ours-1"})
  void whatIsCalledLikeARuleOfTheTeamIsNotTaken(String name) {
    RuleSet read = read(called(name));

    assertEquals(0, read.size());
    assertTrue(read.rejections().getFirst().reason().startsWith("there is another rule"));
  }

  @Test
  void ofTwoThatAreCalledTheSameTheFirstCounts() {
    RuleSet read = read(called("x"), called("x"));

    assertEquals(Optional.of("doc0"), read.origin("x"));
    assertEquals(1, read.rejections().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title: F\nlogsource: {category: test}\ndetection: {s: {a: 1}, condition: s}\nfilter: {rules: [r], s: {a: 1}, condition: not s}\n",
        "title: C\nname: c\nlogsource: {category: test}\ndetection: {}\ncorrelation: {type: event_count, rules: [r], timespan: 1m, condition: {gte: 1}}\n",
        "title: A\naction: global\ndetection: {s: {a: 1}, condition: s}\n",
        "title: N\nname: n\n"
      })
  void onlyRulesAboutSingleEventsAreTaken(String document) {
    RuleSet read = read(document, called("x"));

    assertEquals(1, read.size());
    assertEquals("doc0", read.rejections().getFirst().file());
  }

  @Test
  void thereIsALimit() {
    String[] texts = new String[RuleSet.MOST_OF_OTHERS + 1];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = called("n" + i);
    }

    RuleSet read = read(texts);

    assertEquals(RuleSet.MOST_OF_OTHERS, read.size());
    assertEquals(1, read.rejections().size());
  }
}
