package io.grace.cli.host;

/// A command that could not do its work: what was found, what to do next, and the exit status.
public final class Failure extends Exception {
  /// What the caller may do about it. The status is documented in `grace --help`.
  public enum Kind {
    REFUSED(1),
    USAGE(2),
    UNREACHABLE(3),
    NOT_AUTHORISED(4),
    NOT_FOUND(5),
    CONFLICT(6),
    /// A bug in this command.
    BUG(70);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final String next;

  /// @param message one sentence: what was found and what was wanted
  /// @param next what to do about it; empty if there is nothing to say
  public Failure(Kind kind, String message, String next) {
    super(message);
    this.kind = kind;
    this.next = next;
  }

  public Kind kind() {
    return kind;
  }

  public String next() {
    return next;
  }

  /// The message; a failure always has one.
  public String sentence() {
    String message = getMessage();
    return message == null ? kind.name() : message;
  }
}
