package io.grace.core.spi;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import java.util.List;

/// Hands: performs actions of one kind in the world. *Thread-safe.*
///
/// An implementation performs what the warrant says and nothing else, at most once per
/// [Warrant#idempotencyKey], and returns before [Warrant#expires].
public interface ActionProvider {
  /// Its name, as in [ActionSpec#provider].
  String name();

  /// What it can do. Never changes while GRACE runs.
  List<ActionSpec> actions();

  /// Performs the action. Called on a virtual thread, so it may block; it is interrupted when time
  /// is up.
  ///
  /// @throws InterruptedException if it was told to stop; what happened is then unknown
  Result perform(Warrant warrant) throws InterruptedException;

  /// What came of an action. The world saying no is a value.
  sealed interface Result {
    /// One or two sentences for people; never a secret.
    String detail();

    /// It was done.
    record Done(String detail) implements Result {}

    /// It was not done, and it is certain that nothing changed.
    ///
    /// @param passing whether another attempt may succeed
    record Failed(String detail, boolean passing) implements Result {}

    /// It may have been done. Never attempted again.
    record Unknown(String detail) implements Result {}
  }
}
