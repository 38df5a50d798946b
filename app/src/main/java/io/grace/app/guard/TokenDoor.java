package io.grace.app.guard;

import io.grace.app.Backend.ApiToken;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;

/// Lets in whoever holds a token, and makes guessing slow, by whichever way it is tried.
/// *Thread-safe.*
public final class TokenDoor {
  private static final Logger LOG = LoggerFactory.getLogger(TokenDoor.class);

  private final Tokens tokens;
  private final Failures failures;

  TokenDoor(Tokens tokens, Failures failures) {
    this.tokens = tokens;
    this.failures = failures;
  }

  /// What came of a try.
  public sealed interface Answer {
    record Welcome(Authentication person) implements Answer {}

    record Wrong() implements Answer {}

    /// @param delay until tries are answered again
    record TooOften(Duration delay) implements Answer {}
  }

  /// @param address where the try comes from
  public Answer open(String token, String address) {
    Optional<ApiToken> holder = tokens.holder(token);
    if (holder.isPresent()) {
      return new Answer.Welcome(People.person(holder.get().name(), holder.get().role()));
    }
    Optional<Duration> wait = failures.add(address);
    if (wait.isPresent()) {
      return new Answer.TooOften(wait.get());
    }
    LOG.atWarn().addKeyValue("address", address).log("wrong API token");
    return new Answer.Wrong();
  }
}
