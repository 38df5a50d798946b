package io.grace.app.console;

import io.grace.app.console.Sentences.Line;
import io.grace.app.web.PlanViews.PlanView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// When each part of a run was under way, laid out in a picture 1000 wide. *Immutable.*
///
/// @param rows the wait for the gate, then steps in the order in which they began
/// @param ticks times along the bottom
public record Gantt(List<Row> rows, List<Tick> ticks) {
  static final int WIDTH = 1000;

  /// A bar shorter than that is not seen.
  private static final double LEAST = 4;

  /// @param tone how it ended
  public record Bar(double x, double width, String tone, String says) {}

  public record Row(String label, List<Bar> bars) {}

  public record Tick(double x, String label) {}

  public int height() {
    return rows.size() * 28 + 24;
  }

  private record Span(Instant from, Instant to, String tone, String says) {}

  /// @param story of one run, in order
  static Gantt of(PlanView plan, List<Line> story, Sentences sentences, Instant now) {
    var spans = new LinkedHashMap<String, List<Span>>();
    var begun = new HashMap<String, Instant>();
    Optional<Instant> proposed = Optional.empty();
    Optional<Instant> judging = Optional.empty();
    for (Line line : story) {
      Instant at = line.entry().at();
      JsonNode p = sentences.payload(line.entry());
      String step = p.has("step") ? name(plan, p.path("step").asInt()) : "";
      switch (line.entry().kind()) {
        case "run.proposed" -> proposed = Optional.of(at);
        case "run.admitted", "run.rejected", "run.denied", "run.observed" -> {
          if (proposed.isPresent()) {
            add(spans, "waiting for the gate", new Span(proposed.get(), at, "calm", line.text()));
            proposed = Optional.empty();
          }
        }
        case "step.started" -> begun.put(step, at);
        case "step.ended" -> {
          add(spans, step, new Span(begun.getOrDefault(step, at), at, line.tone(), line.text()));
          begun.remove(step);
          judging = Optional.of(at);
        }
        case "step.checked" ->
            add(spans, step, new Span(judging.orElse(at), at, line.tone(), line.text()));
        case "compensation.started" -> begun.put("undo " + step, at);
        case "compensation.ended" -> {
          String undo = "undo " + step;
          add(spans, undo, new Span(begun.getOrDefault(undo, at), at, line.tone(), line.text()));
          begun.remove(undo);
        }
        case "run.verified" ->
            add(spans, "judging", new Span(judging.orElse(at), at, line.tone(), line.text()));
        default -> {}
      }
    }
    begun.forEach((label, at) -> add(spans, label, new Span(at, now, "live", "under way")));
    proposed.ifPresent(
        at -> add(spans, "waiting for the gate", new Span(at, now, "live", "still waiting")));
    return drawn(spans);
  }

  private static String name(PlanView plan, int step) {
    return step >= 0 && step < plan.steps().size() ? plan.steps().get(step).name() : "step " + step;
  }

  private static void add(Map<String, List<Span>> spans, String label, Span span) {
    spans.computeIfAbsent(label, _ -> new ArrayList<>()).add(span);
  }

  private static Gantt drawn(Map<String, List<Span>> spans) {
    var all = spans.values().stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return new Gantt(List.of(), List.of());
    }
    Instant from = all.stream().map(Span::from).min(Instant::compareTo).orElseThrow();
    Instant to = all.stream().map(Span::to).max(Instant::compareTo).orElseThrow();
    double span = Math.max(1, Duration.between(from, to).toMillis());
    var rows = new ArrayList<Row>();
    spans.forEach((label, list) ->
        rows.add(
            new Row(
                label,
                list.stream()
                    .map(s -> {
                      double x = Duration.between(from, s.from()).toMillis() / span * WIDTH;
                      double width = Duration.between(s.from(), s.to()).toMillis() / span * WIDTH;
                      return new Bar(
                          Math.min(x, WIDTH - LEAST),
                          Math.max(LEAST, width),
                          s.tone(),
                          s.says() + " (" + Show.between(s.from(), s.to()) + ")");
                    })
                    .toList())));
    var ticks = new ArrayList<Tick>();
    for (int i = 0; i <= 4; i++) {
      ticks.add(new Tick(i * WIDTH / 4.0, "+" + Show.took((long) (span * i / 4))));
    }
    return new Gantt(rows, ticks);
  }
}
