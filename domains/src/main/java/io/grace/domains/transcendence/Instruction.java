package io.grace.domains.transcendence;

import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.ServiceId;
import java.util.TreeMap;

/// One thing that people do to heal. *Immutable.*
sealed interface Instruction {
  /// Something that this GRACE can do as well.
  ///
  /// @param call with definite arguments
  record Act(Call call) implements Instruction {
    @Override
    public String toString() {
      var text = new StringBuilder(call.action());
      call.target().map(ServiceId::value).ifPresent(t -> text.append(" on ").append(t));
      new TreeMap<>(call.arguments())
          .forEach((name, source) ->
              text.append(' ').append(name).append('=').append(((Source.Literal) source).value()));
      return text.toString();
    }
  }

  /// Something that only people can do, in their words.
  record Ask(String words) implements Instruction {
    @Override
    public String toString() {
      return "a person: " + words;
    }
  }
}
