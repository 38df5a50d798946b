package io.grace.domains.security.sigma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorrelationTest {
  private static final String BASE =
      Samples.rule("fail", "s: {what: fail}\ncondition: s")
          + "---\n"
          + Samples.rule("pass", "s: {what: pass}\ncondition: s");

  private static Sigma engine(String correlation) {
    return Samples.engine(BASE + "---\n" + correlation, Placeholders.NONE);
  }

  private static String correlation(String name, String body) {
    return "title: %s\nname: %s\nlevel: high\ncorrelation:\n%s\n"
        .formatted(name, name, body.indent(2));
  }

  private static String event(String what, String user, String more) {
    return "{\"what\": \"%s\", \"user\": \"%s\", \"x\": \"%s\"}".formatted(what, user, more);
  }

  private static String counting(String condition) {
    return correlation(
        "many",
        "type: event_count\nrules: [fail]\ngroup-by: [user]\ntimespan: 10s\ncondition: "
            + condition);
  }

  @Test
  void eventsAreCountedByGroupAndWhatTheyFitIsSilent() {
    var fired =
        Samples.fired(
            engine(counting("{gte: 3}")),
            List.of(
                event("fail", "ann", ""),
                event("fail", "bob", ""),
                event("fail", "ann", ""),
                event("pass", "ann", ""),
                event("fail", "ann", "")));

    assertEquals(List.of("3 pass {}", "4 many {user=ann}"), fired);
  }

  @Test
  void whatIsOlderThanTheTimespanDoesNotCount() {
    List<String> events =
        new ArrayList<>(List.of(event("fail", "ann", ""), event("fail", "ann", "")));
    for (int i = 0; i < 10; i++) {
      events.add(event("none", "ann", ""));
    }
    events.add(event("fail", "ann", ""));

    assertEquals(List.of(), Samples.fired(engine(counting("{gte: 3}")), events));
  }

  @Test
  void generateLetsTheRulesTellOfThemselves() {
    String told = counting("{gte: 2}") + "generate: true\n";

    assertEquals(
        List.of("0 fail {}", "1 fail {}", "1 many {user=a}"),
        Samples.fired(engine(told), List.of(event("fail", "a", ""), event("fail", "a", ""))));
  }

  @Test
  void distinctValuesAreCounted() {
    String guessing =
        correlation(
            "guess",
            "type: value_count\nrules: [fail]\ngroup-by: [user]\ntimespan: 1m\n"
                + "condition: {field: x, gte: 3}");

    assertEquals(
        List.of("4 guess {user=a}"),
        Samples.fired(
            engine(guessing),
            List.of(
                event("fail", "a", "1"),
                event("fail", "a", "1"),
                event("fail", "a", "2"),
                event("fail", "b", "3"),
                event("fail", "a", "3"))));
  }

  @Test
  void orderedRulesMustComeInOrderAndUnorderedNeedNot() {
    String body = "rules: [fail, pass]\ngroup-by: [user]\ntimespan: 5s";
    var backwards = List.of(event("pass", "a", ""), event("fail", "a", ""));
    var forwards = List.of(event("fail", "a", ""), event("pass", "a", ""));

    assertEquals(
        List.of("1 near {user=a}"),
        Samples.fired(engine(correlation("near", "type: temporal\n" + body)), backwards));
    assertEquals(
        List.of(),
        Samples.fired(engine(correlation("row", "type: temporal_ordered\n" + body)), backwards));
    assertEquals(
        List.of("1 row {user=a}"),
        Samples.fired(engine(correlation("row", "type: temporal_ordered\n" + body)), forwards));
  }

  @Test
  void aCorrelationMayBeAboutAnother() {
    String chain =
        counting("{gte: 2}")
            + "---\n"
            + correlation(
                "broken_in",
                "type: temporal_ordered\nrules: [many, pass]\ngroup-by: [user]\ntimespan: 1m");

    assertEquals(
        List.of("2 broken_in {user=a}"),
        Samples.fired(
            engine(chain),
            List.of(event("fail", "a", ""), event("fail", "a", ""), event("pass", "a", ""))));
  }

  @Test
  void anAliasNamesADifferentFieldInEachRule() {
    String aliased =
        correlation(
            "same",
            """
            type: temporal
            rules: [fail, pass]
            group-by: [who]
            timespan: 1m
            aliases: {who: {fail: user, pass: x}}
            """);

    assertEquals(
        List.of("1 same {who=ann}"),
        Samples.fired(
            engine(aliased), List.of(event("fail", "ann", ""), event("pass", "bob", "ann"))));
  }

  @Test
  void fewerThanIsKnownOnlyWhenTheTimeIsOver() {
    Sigma engine = engine(counting("{lt: 3}"));
    List<String> fired = new ArrayList<>();

    assertEquals(List.of(), Samples.fired(engine, List.of(event("fail", "a", ""))));
    engine.close(9_000, one -> fired.add(one.rule().name()));
    assertEquals(List.of(), fired);
    engine.close(11_000, one -> fired.add(one.rule().name() + one.group()));
    assertEquals(List.of("many{user=a}"), fired);
  }

  @Test
  void numbersAreSummed() {
    String sum =
        correlation(
            "sum",
            "type: value_sum\nrules: [fail]\ngroup-by: [user]\ntimespan: 1m\n"
                + "condition: {field: x, gt: 10}");

    assertEquals(
        List.of("1 sum {user=a}"),
        Samples.fired(engine(sum), List.of(event("fail", "a", "6"), event("fail", "a", "5"))));
  }

  @Test
  void whatIsAboutNothingOrItselfIsRefused() {
    String none =
        correlation("c", "type: event_count\nrules: [gone]\ntimespan: 1m\ncondition: {gte: 1}");
    String self =
        correlation("c", "type: event_count\nrules: [c]\ntimespan: 1m\ncondition: {gte: 1}");
    String huge = counting("{gte: 1000000}");

    assertTrue(Samples.rejection(none).startsWith("is about a rule that is not there"));
    assertTrue(Samples.rejection(self).startsWith("is about a rule that is not there"));
    assertTrue(Samples.rejection(BASE + "---\n" + huge).startsWith("a count must be below"));
  }

  @Test
  void groupsAreBounded() {
    Sigma engine = engine(counting("{gte: 3}"));
    List<String> events = new ArrayList<>();
    for (int i = 0; i < Correlator.MOST_GROUPS + 5; i++) {
      events.add(event("fail", "u" + i, ""));
    }

    Samples.fired(engine, events);

    assertEquals(5, engine.inside().dropped());
  }
}
