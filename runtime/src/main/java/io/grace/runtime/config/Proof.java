package io.grace.runtime.config;

import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Items;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.ServiceId;
import io.grace.core.plan.TimeBound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// What is certain of a playbook that was loaded, whatever happens when it runs. *Immutable.*
///
/// @param acts how many actions it has, loops unrolled
/// @param steps the longest that its steps can take
/// @param verification the longest that the judgement can take
/// @param undo the longest that undoing everything can take
/// @param timeout when it is ended at the latest
/// @param whole from approval to the end, with a person's answer and undoing everything
/// @param touches the services it can act on
/// @param undone how many actions are taken back by another one
/// @param harmless how many leave nothing to take back
/// @param irreversible the steps that cannot be taken back, for which a person must approve
public record Proof(
    int acts,
    Duration steps,
    Duration verification,
    Duration undo,
    Duration timeout,
    Duration whole,
    List<String> touches,
    int undone,
    int harmless,
    List<String> irreversible) {
  public Proof {
    touches = List.copyOf(touches);
    irreversible = List.copyOf(irreversible);
  }

  /// In words.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        "proved: at most "
            + acts
            + (acts == 1 ? " action" : " actions")
            + " on "
            + String.join(", ", touches));
    lines.add(
        "proved: steps end within "
            + Shown.duration(steps)
            + ", judged within "
            + Shown.duration(verification)
            + ", undone within "
            + Shown.duration(undo)
            + "; over after "
            + Shown.duration(timeout)
            + ", with a person's answer and the undo after "
            + Shown.duration(whole));
    lines.add(
        irreversible.isEmpty()
            ? "proved: " + undone + " taken back, " + harmless + " leave nothing behind"
            : "a person must approve: "
                + String.join(", ", irreversible)
                + " cannot be taken back");
    return lines;
  }

  static Proof of(Playbook playbook) {
    TimeBound time = TimeBound.of(playbook);
    var counts = new Counts();
    counts.count(playbook.steps(), 1, "the service of the incident");
    return new Proof(
        counts.acts,
        time.steps(),
        time.verification(),
        time.undo(),
        playbook.timeout(),
        playbook.timeout().multipliedBy(3),
        new ArrayList<>(counts.touches),
        counts.undone,
        counts.harmless,
        counts.irreversible);
  }

  private static final class Counts {
    private final TreeSet<String> touches = new TreeSet<>();
    private final List<String> irreversible = new ArrayList<>();
    private int acts;
    private int undone;
    private int harmless;

    void count(List<Node> nodes, int times, String service) {
      for (Node node : nodes) {
        switch (node) {
          case Node.Step step -> count(step, times, service);
          case Node.Sub sub -> count(sub.playbook().steps(), times, service);
          case Node.ForEach loop ->
              count(loop.steps(), times * loop.items().most(), items(loop.items()));
          default -> Playbook.inner(node).forEach(inner -> count(inner, times, service));
        }
      }
    }

    private void count(Node.Step step, int times, String service) {
      acts += times;
      touches.add(step.call().target().map(ServiceId::value).orElse(service));
      switch (step.undo()) {
        case Undo.Compensation(var call) -> {
          undone += times;
          touches.add(call.target().map(ServiceId::value).orElse(service));
        }
        case Undo.NotNeeded _ -> harmless += times;
        case Undo.Irreversible() -> irreversible.add(step.name());
      }
    }

    private static String items(Items items) {
      return switch (items) {
        case Items.Listed(List<ServiceId> services) ->
            String.join(", ", services.stream().map(ServiceId::value).toList());
        case Items.Related(var relation, int most) ->
            "at most " + most + " " + relation.name().toLowerCase(Locale.ROOT) + " of it";
      };
    }
  }
}
