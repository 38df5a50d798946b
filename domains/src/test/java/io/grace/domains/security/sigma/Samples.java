package io.grace.domains.security.sigma;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rules and events of tests, written small.
final class Samples {
  private static final LogSource SOURCE = new LogSource("test", "", "");

  private Samples() {}

  /// A rule with this detection, indented by two.
  static String rule(String name, String detection) {
    return "title: %s\nname: %s\nlevel: high\nlogsource: {category: test}\ndetection:\n%s\n"
        .formatted(name, name, detection.indent(2));
  }

  /// A rule of one line of a map.
  static String line(String line) {
    return rule("r", "s:\n  " + line + "\ncondition: s");
  }

  static Sigma engine(String yaml, Placeholders placeholders) {
    RuleSet rules = RuleSet.of("test", yaml, placeholders);
    if (!rules.rejections().isEmpty()) {
      throw new AssertionError(rules.rejections().toString());
    }
    try {
      return Sigma.of(rules, LogSourceMap.NONE, Set.of());
    } catch (Unusable e) {
      throw new AssertionError(e);
    }
  }

  static String rejection(String yaml) {
    List<RuleSet.Rejection> found = RuleSet.of("t", yaml, Placeholders.NONE).rejections();
    return found.isEmpty() ? "" : found.getFirst().reason();
  }

  static Event event(Sigma engine, String json) {
    Event event = engine.event();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      engine.fill(event, SOURCE, bytes, 0, bytes.length);
    } catch (Unusable e) {
      throw new AssertionError(e);
    }
    return event;
  }

  /// Whether the rule fits, judged with the index and without it: both must agree.
  static boolean fits(Sigma engine, String json) {
    List<String> found = engine.fitting(event(engine, json), true);
    List<String> checked = engine.fitting(event(engine, json), false);
    if (!Set.copyOf(found).equals(Set.copyOf(checked))) {
      throw new AssertionError("with the index " + found + ", without " + checked);
    }
    return !found.isEmpty();
  }

  static boolean fits(String line, String json) {
    return fits(engine(line(line), Placeholders.NONE), json);
  }

  /// What fires for these events, one a second from 0.
  static List<String> fired(Sigma engine, List<String> events) {
    List<String> fired = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      int at = i;
      engine.take(
          event(engine, events.get(i)),
          i * 1000L,
          firing -> fired.add(at + " " + firing.rule().name() + " " + firing.group()));
    }
    return fired;
  }
}
