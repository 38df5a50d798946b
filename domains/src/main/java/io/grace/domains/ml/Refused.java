package io.grace.domains.ml;

/// The registry says no; the kind says what the caller may do about it.
public final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// Why, named and numbered as MLflow's errors.
  public enum Kind {
    RESOURCE_DOES_NOT_EXIST(404),
    RESOURCE_ALREADY_EXISTS(400),
    INVALID_PARAMETER_VALUE(400),
    ENDPOINT_NOT_FOUND(404),
    REQUEST_LIMIT_EXCEEDED(429),
    /// Not written; the same request may be sent again.
    TEMPORARILY_UNAVAILABLE(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  public Refused(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  static Refused missing(String what) {
    return new Refused(Kind.RESOURCE_DOES_NOT_EXIST, what + " not found");
  }

  static Refused invalid(String message) {
    return new Refused(Kind.INVALID_PARAMETER_VALUE, message);
  }

  static Refused full(String message) {
    return new Refused(Kind.REQUEST_LIMIT_EXCEEDED, message);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
