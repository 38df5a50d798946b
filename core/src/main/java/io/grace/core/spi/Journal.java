package io.grace.core.spi;

import io.grace.core.event.Event;
import java.util.List;

/// The one log. *Owned by the loop thread*, its only writer.
public interface Journal {
  /// Records the events, all or none, and returns when they are durable.
  ///
  /// @throws Unavailable if they could not be recorded; nothing of them is there
  void append(List<Event> events) throws Unavailable;

  /// The log did not take the events.
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean isFinal;

    /// @param isFinal whether trying again is pointless, because another process has the lead or
    ///   the journal holds what this process does not know of
    public Unavailable(String message, boolean isFinal, Throwable cause) {
      super(message, cause);
      this.isFinal = isFinal;
    }

    public boolean isFinal() {
      return isFinal;
    }
  }
}
