package io.grace.runtime.rehearsal;

import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Items;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Draws a playbook: as a tree for terminals, or as a flowchart in Mermaid's language for pages.
public final class Drawing {
  private final StringBuilder text = new StringBuilder();
  private int nodes;

  private Drawing() {}

  // ---- as a tree

  /// One line for each step, indented by how deep it stands.
  public static List<String> tree(Playbook playbook) {
    var lines = new ArrayList<String>();
    lines.add(playbook.id() + " v" + playbook.version() + ": " + playbook.title());
    playbook.preconditions().forEach(c -> lines.add("  only if " + c));
    tree(playbook.steps(), "  ", lines);
    lines.add(
        "  judged by "
            + playbook.verification().success()
            + " within "
            + time(playbook.verification().timeout()));
    return lines;
  }

  private static void tree(List<Node> steps, String indent, List<String> lines) {
    for (Node node : steps) {
      lines.add(indent + node.name() + ": " + label(node));
      if (node instanceof Node.Step step) {
        lines.add(indent + "  " + undo(step.undo()));
      }
      for (Part part : parts(node)) {
        lines.add(indent + "  " + part.when());
        tree(part.steps(), indent + "    ", lines);
      }
    }
  }

  private record Part(String when, List<Node> steps) {}

  private static List<Part> parts(Node node) {
    var parts = new ArrayList<Part>();
    switch (node) {
      case Node.Branch b -> {
        b.arms().forEach(arm -> parts.add(new Part("if " + arm.when(), arm.steps())));
        if (!b.otherwise().isEmpty()) {
          parts.add(new Part("otherwise", b.otherwise()));
        }
      }
      case Node.Parallel p -> p.arms().forEach(arm -> parts.add(new Part("at the same time", arm)));
      case Node.ForEach f -> parts.add(new Part("for each", f.steps()));
      case Node.Ladder l -> l.rungs().forEach(rung -> parts.add(new Part("then try", rung)));
      case Node.Sub s -> parts.add(new Part("that is", s.playbook().steps()));
      case Node.Step _, Node.Wait _, Node.Question _ -> {}
    }
    return parts;
  }

  private static String label(Node node) {
    return switch (node) {
      case Node.Step s -> call(s.call()) + ", within " + time(s.timeout()) + retries(s);
      case Node.Branch _ -> "the first that holds";
      case Node.Parallel p -> p.arms().size() + " at the same time";
      case Node.ForEach f -> "each of " + items(f.items()) + pace(f);
      case Node.Wait w -> "wait until " + w.until() + ", at most " + time(w.timeout());
      case Node.Question q ->
          "ask \"" + q.text() + "\" (" + q.answer().wanted() + "), at most " + time(q.timeout());
      case Node.Ladder l ->
          "one after another until " + l.until() + ", each given " + time(l.patience());
      case Node.Sub s -> "the playbook " + s.playbook().id();
    };
  }

  private static String retries(Node.Step step) {
    int max = step.retries().max();
    return max == 0 ? "" : ", tried again up to " + max + (max == 1 ? " time" : " times");
  }

  private static String pace(Node.ForEach loop) {
    return loop.pace()
        .map(p -> ", " + p.start() + " to " + p.most() + " at once, faster while " + p.good())
        .orElse(
            loop.batch() < loop.items().most()
                ? ", " + loop.batch() + " in a batch, " + loop.atOnce() + " at once"
                : ", " + loop.atOnce() + " at once");
  }

  private static String items(Items items) {
    return switch (items) {
      case Items.Listed(List<ServiceId> services) ->
          services.stream().map(ServiceId::value).collect(Collectors.joining(", "));
      case Items.Related(var relation, int most) ->
          "at most " + most + " " + relation.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String undo(Undo undo) {
    return switch (undo) {
      case Undo.Compensation(Call call) -> "taken back by " + call(call);
      case Undo.NotNeeded(String why) -> "nothing to take back: " + why;
      case Undo.Irreversible() -> "CANNOT be taken back: a person must approve";
    };
  }

  private static String call(Call call) {
    var arguments = new TreeMap<>(call.arguments());
    return call.action()
        + call.target().map(t -> " on " + t).orElse("")
        + arguments.entrySet().stream()
            .map(a -> " " + a.getKey() + "=" + source(a.getValue()))
            .collect(Collectors.joining());
  }

  private static String source(Source source) {
    return switch (source) {
      case Source.Literal(var value) -> value.toString();
      case Source.FromParameter(String name) -> "{" + name + "}";
    };
  }

  private static String time(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  // ---- as a flowchart

  /// A flowchart that GitHub, GitLab and most wikis draw.
  public static String mermaid(Playbook playbook) {
    var drawing = new Drawing();
    drawing.text.append("flowchart TD\n");
    String begin = drawing.node("([", playbook.id().value(), "])");
    List<String> ends = drawing.sequence(playbook.steps(), List.of(begin), "");
    String judged = drawing.node("{{", "judged by " + playbook.verification().success(), "}}");
    drawing.arrows(ends, judged, "");
    return drawing.text.toString();
  }

  private List<String> sequence(List<Node> steps, List<String> before, String says) {
    List<String> ends = before;
    String label = says;
    for (Node node : steps) {
      ends = draw(node, ends, label);
      label = "";
    }
    return ends;
  }

  private List<String> draw(Node node, List<String> before, String says) {
    String shape =
        switch (node) {
          case Node.Branch _ -> node("{", node.name(), "}");
          case Node.Question q -> node("[/", q.name() + ": " + q.text(), "/]");
          case Node.Wait w -> node("([", w.name() + ": wait until " + w.until(), "])");
          default -> node("[", node.name() + ": " + label(node), "]");
        };
    arrows(before, shape, says);
    List<String> here = List.of(shape);
    return switch (node) {
      case Node.Branch b -> {
        var ends = new ArrayList<String>();
        for (Part part : parts(b)) {
          ends.addAll(sequence(part.steps(), here, part.when()));
        }
        if (b.otherwise().isEmpty()) {
          ends.add(shape);
        }
        yield ends;
      }
      case Node.Parallel p -> {
        var ends = new ArrayList<String>();
        p.arms().forEach(arm -> ends.addAll(sequence(arm, here, "")));
        yield ends;
      }
      case Node.Ladder l -> {
        var ends = new ArrayList<String>();
        List<String> last = here;
        for (List<Node> rung : l.rungs()) {
          last = sequence(rung, last, last.equals(here) ? "" : "not yet");
          ends.addAll(last);
        }
        yield ends;
      }
      case Node.ForEach f -> sequence(f.steps(), here, "each");
      case Node.Sub s -> sequence(s.playbook().steps(), here, "");
      case Node.Step _, Node.Wait _, Node.Question _ -> here;
    };
  }

  private String node(String open, String label, String close) {
    nodes++;
    String id = "n" + nodes;
    text.append("  ").append(id).append(open).append(quoted(label)).append(close).append('\n');
    return id;
  }

  private void arrows(List<String> from, String to, String says) {
    for (String end : from) {
      text.append("  ")
          .append(end)
          .append(says.isEmpty() ? " --> " : " -- " + quoted(says) + " --> ")
          .append(to)
          .append('\n');
    }
  }

  /// Mermaid knows entities in quoted texts, and nothing else is special there.
  private static String quoted(String label) {
    return '"'
        + label
            .replace("&", "#amp;")
            .replace("\"", "#quot;")
            .replace("<", "#lt;")
            .replace(">", "#gt;")
        + '"';
  }
}
