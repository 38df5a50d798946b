package io.grace.runtime.process;

import io.grace.core.model.Action;
import io.grace.core.model.ActionSpec;
import io.grace.core.spi.ActionProvider.Result;
import java.util.List;
import java.util.Optional;

/// What a provider does not do: whatever it did not declare.
public final class Refusals {
  private Refusals() {}

  /// Why the action is not performed, or empty if it is declared just so. The gate checked it
  /// before; a provider does not rely on that.
  public static Optional<Result> of(List<ActionSpec> declared, Action action) {
    var spec = declared.stream().filter(it -> it.name().equals(action.name())).findFirst();
    if (spec.isEmpty()) {
      return Optional.of(new Result.Failed("no action " + action.name() + " is declared", false));
    }
    var objections = spec.get().objections(action);
    return objections.isEmpty()
        ? Optional.empty()
        : Optional.of(new Result.Failed(String.join("; ", objections), false));
  }
}
