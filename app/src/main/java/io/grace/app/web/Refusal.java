package io.grace.app.web;

import io.grace.app.guard.Problem;

/// Ends a request with a problem.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public static Refusal invalid(String detail) {
    return new Refusal(Problem.badRequest("invalid-input", detail));
  }

  public static Refusal notFound(String detail) {
    return new Refusal(Problem.notFound(detail));
  }

  public Problem problem() {
    return problem;
  }
}
