package io.grace.domains.security;

import io.grace.core.govern.Warrant;
import io.grace.core.model.Action;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.spi.ActionProvider;
import io.grace.runtime.process.KeyLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What the hunter can do, each at most once per warrant. *Thread-safe.*
final class SecurityHands implements ActionProvider {
  /// Does what a warrant says.
  interface Deeds {
    /// @param batch the run and step, the same for the deed and its undo
    Result isolate(String batch, int most) throws InterruptedException;

    Result expand(String batch, int prefix, int least) throws InterruptedException;

    Result releaseBatch(String batch) throws InterruptedException;

    Result releaseTooWide() throws InterruptedException;

    Result tune(int by);
  }

  private final List<ActionSpec> actions;
  private final Deeds deeds;
  private final KeyLog keys;

  SecurityHands(List<ActionSpec> actions, Deeds deeds, Path directory) throws IOException {
    this.actions = List.copyOf(actions);
    this.deeds = deeds;
    this.keys = KeyLog.open(directory.resolve("keys.log"));
  }

  @Override
  public String name() {
    return SecurityKind.NAME;
  }

  @Override
  public List<ActionSpec> actions() {
    return actions;
  }

  @Override
  public Result perform(Warrant warrant) throws InterruptedException {
    Action action = warrant.action();
    if (actions.stream().noneMatch(spec -> spec.admits(action))) {
      return new Result.Failed(SecurityKind.NAME + " does not do " + action, false);
    }
    return keys.once(warrant.idempotencyKey(), () -> carryOut(warrant, action));
  }

  private Result carryOut(Warrant warrant, Action action) throws InterruptedException {
    String batch = warrant.run() + "/" + warrant.step();
    return switch (action.name()) {
      case SecurityKind.ISOLATE -> deeds.isolate(batch, whole(action, "most"));
      case SecurityKind.EXPAND ->
          deeds.expand(batch, whole(action, "prefix"), whole(action, "least"));
      case SecurityKind.ROLLBACK ->
          text(action, "scope").equals(SecurityKind.STEP)
              ? deeds.releaseBatch(batch)
              : deeds.releaseTooWide();
      case SecurityKind.TUNE -> deeds.tune(whole(action, "delta"));
      default -> new Result.Failed("nothing does " + action.name(), false);
    };
  }

  private static int whole(Action action, String name) {
    return action.arguments().get(name) instanceof Argument.Whole(long value)
        ? Math.toIntExact(value)
        : 0;
  }

  private static String text(Action action, String name) {
    return action.arguments().get(name) instanceof Argument.Text(String value) ? value : "";
  }
}
