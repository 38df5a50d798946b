package io.grace.domains.security;

import io.grace.core.govern.Warrant;
import io.grace.core.model.Action;
import io.grace.core.model.Argument;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.domains.Hands;

/// Reads what the hunter is to do from a warrant. *Thread-safe* if the means are.
final class SecurityDeeds implements Hands.Deed {
  /// What the hunter can do.
  interface Means {
    /// @param batch the run and step, the same for the deed and its undo
    Result isolate(String batch, int most) throws InterruptedException;

    Result expand(String batch, int prefix, int least) throws InterruptedException;

    Result releaseBatch(String batch) throws InterruptedException;

    Result releaseTooWide() throws InterruptedException;

    Result tune(int by);
  }

  private final Means means;

  SecurityDeeds(Means means) {
    this.means = means;
  }

  @Override
  public Result perform(Warrant warrant) throws InterruptedException {
    Action action = warrant.action();
    String batch = warrant.run() + "/" + warrant.step();
    return switch (action.name()) {
      case SecurityKind.ISOLATE -> means.isolate(batch, whole(action, "most"));
      case SecurityKind.EXPAND ->
          means.expand(batch, whole(action, "prefix"), whole(action, "least"));
      case SecurityKind.ROLLBACK ->
          text(action, "scope").equals(SecurityKind.STEP)
              ? means.releaseBatch(batch)
              : means.releaseTooWide();
      case SecurityKind.TUNE -> means.tune(whole(action, "delta"));
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
