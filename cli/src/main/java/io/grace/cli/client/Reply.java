package io.grace.cli.client;

import io.grace.cli.host.Failure;

/// What the server answered, word for word. *Immutable.*
public record Reply(int status, String body) {
  public boolean isGood() {
    return status >= 200 && status < 300;
  }

  /// @throws Failure if it is no JSON: something else than GRACE answered
  public Doc doc() throws Failure {
    return Doc.parse(body)
        .orElseThrow(() ->
            new Failure(
                Failure.Kind.UNREACHABLE,
                "the answer is not JSON, so it is not GRACE's",
                "check GRACE_URL: a proxy or another program may be listening there"));
  }
}
