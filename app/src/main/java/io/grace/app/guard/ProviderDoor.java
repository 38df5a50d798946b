package io.grace.app.guard;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.security.core.Authentication;

/// Lets in whom an identity provider vouches for. *Thread-safe*; only there where one is
/// configured.
public interface ProviderDoor {
  /// Begins to sign somebody in.
  ///
  /// @param next the page wanted afterwards
  Start start(String next);

  /// Ends it.
  ///
  /// @param query as the provider sent it with the browser
  /// @param ticket what [Start.Sent] gave the browser; empty if it brought none
  /// @param address where the try comes from
  Answer finish(Returned query, String ticket, String address);

  /// Whether the browser reaches GRACE through TLS.
  boolean isSecure();

  /// What came of a beginning.
  sealed interface Start {
    /// @param to the provider's page
    /// @param ticket binds the answer to this browser
    record Sent(URI to, String ticket) implements Start {}

    record Unreachable(String why) implements Start {}
  }

  /// The parameters of the answer; those that are not there are empty.
  record Returned(String code, String state, String issuer, String error) {}

  /// What came of an end.
  sealed interface Answer {
    record Welcome(Authentication person, String next) implements Answer {}

    /// @param claims the names of those that the provider gave; empty if it did not come to that
    record Refused(int status, String why, List<String> claims) implements Answer {
      public Refused {
        claims = List.copyOf(claims);
      }
    }

    /// @param delay until tries are answered again
    record TooOften(Duration delay) implements Answer {}
  }
}
