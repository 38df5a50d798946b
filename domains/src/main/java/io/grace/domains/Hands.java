package io.grace.domains;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.spi.ActionProvider;
import io.grace.runtime.process.KeyLog;
import io.grace.runtime.process.Refusals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The hands of a domain: does what is declared and nothing else, and each warrant at most once,
/// also across `kill -9`. *Thread-safe* if the deeds are.
public final class Hands implements ActionProvider {
  /// Does what a warrant says.
  @FunctionalInterface
  public interface Deed {
    Result perform(Warrant warrant) throws InterruptedException;
  }

  private final String name;
  private final List<ActionSpec> actions;
  private final Deed deed;
  private final KeyLog keys;

  private Hands(String name, List<ActionSpec> actions, Deed deed, KeyLog keys) {
    this.name = name;
    this.actions = List.copyOf(actions);
    this.deed = deed;
    this.keys = keys;
  }

  /// @param directory where it is remembered what was done
  /// @param deed knows every action
  public static Hands of(String name, List<ActionSpec> actions, Deed deed, Path directory)
      throws IOException {
    return new Hands(name, actions, deed, KeyLog.open(directory.resolve("keys.log")));
  }

  /// @param deeds one for each action
  /// @throws IllegalArgumentException if an action has no deed
  public static Hands of(
      String name, List<ActionSpec> actions, Map<String, Deed> deeds, Path directory)
      throws IOException {
    for (ActionSpec action : actions) {
      deed(deeds, action.name());
    }
    return of(
        name, actions, warrant -> deed(deeds, warrant.action().name()).perform(warrant), directory);
  }

  private static Deed deed(Map<String, Deed> deeds, String action) {
    Deed deed = deeds.get(action);
    if (deed == null) {
      throw new IllegalArgumentException("nothing does " + action);
    }
    return deed;
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
    Optional<Result> refusal = Refusals.of(actions, warrant.action());
    return refusal.isPresent()
        ? refusal.get()
        : keys.once(warrant.idempotencyKey(), () -> deed.perform(warrant));
  }
}
