package io.grace.domains;

import io.grace.core.govern.Warrant;
import io.grace.core.model.Action;
import io.grace.core.model.ActionSpec;
import io.grace.core.spi.ActionProvider;
import io.grace.runtime.process.KeyLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The hands of a domain: one deed for each action, each done at most once per warrant, also across
/// `kill -9`. *Thread-safe* if the deeds are.
public final class Hands implements ActionProvider {
  /// Does what an action says.
  @FunctionalInterface
  public interface Deed {
    Result perform(Action action) throws InterruptedException;
  }

  private final String name;
  private final List<ActionSpec> actions;
  private final Map<String, Deed> deeds;
  private final KeyLog keys;

  private Hands(String name, List<ActionSpec> actions, Map<String, Deed> deeds, KeyLog keys) {
    this.name = name;
    this.actions = actions;
    this.deeds = deeds;
    this.keys = keys;
  }

  /// @param directory where it is remembered what was done
  /// @param deeds one for each action
  /// @throws IllegalArgumentException if an action has no deed
  public static Hands of(
      String name, List<ActionSpec> actions, Map<String, Deed> deeds, Path directory)
      throws IOException {
    for (ActionSpec action : actions) {
      if (!deeds.containsKey(action.name())) {
        throw new IllegalArgumentException("nothing does " + action.name());
      }
    }
    return new Hands(
        name, List.copyOf(actions), Map.copyOf(deeds), KeyLog.open(directory.resolve("keys.log")));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<ActionSpec> actions() {
    return actions;
  }

  @Override
  public Result perform(Warrant warrant) throws InterruptedException {
    Action action = warrant.action();
    boolean isAdmitted = actions.stream().anyMatch(spec -> spec.admits(action));
    Deed deed = deeds.get(action.name());
    if (!isAdmitted || deed == null) {
      return new Result.Failed(name + " does not do " + action, false);
    }
    return keys.once(warrant.idempotencyKey(), () -> deed.perform(action));
  }
}
