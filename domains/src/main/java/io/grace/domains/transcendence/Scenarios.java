package io.grace.domains.transcendence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;

/// The tests of a draft: what must follow whatever the world does. *Immutable.*
record Scenarios(Gap gap, Boundary boundary, List<WrittenStep> steps) {
  Scenarios {
    steps = List.copyOf(steps);
  }

  /// The text of their file.
  String text() {
    var root = new LinkedHashMap<String, Object>();
    root.put("apiVersion", "grace/v1");
    root.put("kind", "PlaybookTest");
    root.put("playbook", gap.id());
    root.put("service", gap.service().value());
    root.put("tests", cases());
    return new Dump(Author.BLOCK).dumpToString(root);
  }

  private List<Map<String, Object>> cases() {
    List<String> acts = steps.stream().filter(WrittenStep::isAct).map(WrittenStep::name).toList();
    List<String> asked = steps.stream().filter(s -> !s.isAct()).map(WrittenStep::name).toList();
    List<String> undone =
        steps.reversed().stream().filter(WrittenStep::isTakenBack).map(WrittenStep::name).toList();
    var answers = new LinkedHashMap<String, Object>();
    asked.forEach(name -> answers.put(name, "done"));
    Map<String, Object> well =
        Map.of("then", Map.of(boundary.rule().metric().value(), boundary.well()));

    var cases = new ArrayList<Map<String, Object>>();
    cases.add(
        test(
            "it helps",
            boundary.sick(),
            answers,
            Map.of(acts.getLast(), well),
            expect("outcome", "succeeded", "steps", acts, "asked", asked)));
    cases.add(
        test(
            "it does not help, and what can be is taken back",
            boundary.sick(),
            answers,
            Map.of(),
            expect(
                "outcome", undone.isEmpty() ? "failed" : "rolled_back",
                "steps", acts,
                "undone", undone)));
    cases.add(
        test(
            "the first action fails, and nothing else is done",
            boundary.sick(),
            answers,
            Map.of(acts.getFirst(), "failed"),
            expect("outcome", "failed", "steps", List.of(acts.getFirst()), "undone", List.of())));
    if (!asked.isEmpty()) {
      int first = steps.indexOf(steps.stream().filter(s -> !s.isAct()).findFirst().orElseThrow());
      List<String> before = steps.subList(0, first).stream().map(WrittenStep::name).toList();
      cases.add(
          test(
              "nobody answers, and nothing more is done",
              boundary.sick(),
              Map.of(),
              Map.of(),
              expect("outcome", "aborted", "reason", "nobody answered", "steps", before)));
    }
    cases.add(
        test(
            "what is well is left alone",
            boundary.well(),
            answers,
            Map.of(),
            expect("outcome", "not_started")));
    return cases;
  }

  private Map<String, Object> test(
      String name,
      double value,
      Map<String, Object> answers,
      Map<String, Object> acts,
      Map<String, Object> expect) {
    var test = new LinkedHashMap<String, Object>();
    test.put("name", name);
    test.put("metrics", Map.of(boundary.rule().metric().value(), value));
    if (!answers.isEmpty()) {
      test.put("answers", new LinkedHashMap<>(answers));
    }
    if (!acts.isEmpty()) {
      test.put("acts", acts);
    }
    test.put("expect", expect);
    return test;
  }

  /// @param pairs names and values in turn
  private static Map<String, Object> expect(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      // A copy, since what is there twice would be written as an alias.
      Object value = pairs[i + 1] instanceof List<?> list ? new ArrayList<>(list) : pairs[i + 1];
      map.put((String) pairs[i], value);
    }
    return map;
  }
}
