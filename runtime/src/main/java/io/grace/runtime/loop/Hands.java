package io.grace.runtime.loop;

import io.grace.core.state.Snapshot;

/// What performs the effects that the snapshot asks for; see `Effector`. Results come back as
/// [Input.Result].
public interface Hands {
  /// Starts what is asked for and not under way yet, and stops what is no longer asked for. Returns
  /// at once.
  void perform(Snapshot snapshot);
}
