package io.grace.domains.transcendence;

import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import java.util.List;

/// How an action is taken back, as the playbooks say that people wrote and proved. What none of
/// them says cannot be: then a person must approve every run. *Immutable.*
record Undos(List<Playbook> playbooks) {
  Undos {
    playbooks = List.copyOf(playbooks);
  }

  Undo of(Call call) {
    return playbooks.stream()
        .flatMap(playbook -> playbook.acts().stream())
        .filter(step -> step.call().action().equals(call.action()))
        .filter(step -> fits(step, call))
        .map(Playbook.Node.Step::undo)
        .findFirst()
        .orElse(new Undo.Irreversible());
  }

  /// That nothing is left behind holds for all arguments, another action takes back only its own.
  private static boolean fits(Playbook.Node.Step step, Call call) {
    return switch (step.undo()) {
      case Undo.NotNeeded _ -> true;
      case Undo.Compensation(Call undo) ->
          step.call().arguments().equals(call.arguments())
              && step.call().target().equals(call.target())
              && undo.arguments().values().stream().allMatch(Source.Literal.class::isInstance);
      case Undo.Irreversible _ -> false;
    };
  }
}
