package io.grace.runtime.journal;

import org.jspecify.annotations.Nullable;

/// The journal could not do what was asked; the kind says what the caller may do next.
public final class JournalException extends Exception {
  /// What the caller may do next.
  public enum Kind {
    /// The same call may succeed later; nothing of it is recorded, or it is recorded only once.
    RETRY,
    /// It will not succeed by itself: a person has to act.
    GIVE_UP,
    /// Another process leads now: this one must stop writing for good.
    FENCED,
    /// The journal holds entries that this process does not know of, since their commit ended
    /// without an answer: it must start again from the journal.
    DIVERGED
  }

  private final Kind kind;

  public JournalException(Kind kind, String message) {
    this(kind, message, null);
  }

  public JournalException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
