package io.grace.app.oidc;

import io.grace.app.Backend.IdentityProvider;
import io.grace.app.Role;
import io.grace.app.guard.Failures;
import io.grace.app.guard.People;
import io.grace.app.guard.ProviderDoor;
import io.grace.app.oidc.Discovery.Unreachable;
import io.grace.core.spi.Secrets.Secret;
import io.grace.runtime.config.OidcConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.RestClient;

/// The way in through an OpenID Connect provider: the authorization code flow (OpenID Connect Core
/// 1.0, section 3.1) with PKCE (RFC 7636). *Thread-safe.*
///
/// The browser comes back from another site, so the console's own cookies, which are `Strict`, do
/// not come with it; a sealed [Ticket] does, and binds the end to the browser of the beginning.
public final class OidcDoor implements ProviderDoor {
  private static final Logger LOG = LoggerFactory.getLogger(OidcDoor.class);

  /// Enough to find a second factor.
  static final Duration TICKET_LIVES = Duration.ofMinutes(10);

  /// Sign-ins that may wait for the provider at once; strangers can begin as many as they like.
  private static final int MOST_AT_ONCE = 20;

  private final OidcConfig config;
  private final IdentityProvider provider;
  private final Discovery discovery;
  private final CodeFlow flow;
  private final Tickets tickets = new Tickets();
  private final Failures failures;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  private OidcDoor(IdentityProvider provider, InstantSource clock) {
    var requests = ProviderHttp.requests();
    this.provider = provider;
    this.config = provider.config();
    this.discovery =
        new Discovery(
            config.issuer(), RestClient.builder().requestFactory(requests).build(), clock);
    this.flow = new CodeFlow(config, requests, clock);
    this.failures = new Failures(clock);
    this.clock = clock;
  }

  public static ProviderDoor to(IdentityProvider provider, InstantSource clock) {
    return new OidcDoor(provider, clock);
  }

  @Override
  public boolean isSecure() {
    return "https".equals(config.redirectBase().getScheme());
  }

  @Override
  public Start start(String next) {
    try {
      var ticket = Ticket.draw(next, clock.instant().plus(TICKET_LIVES));
      var to = flow.begin(discovery.metadata(), ticket);
      return new Start.Sent(to, tickets.seal(ticket));
    } catch (Unreachable e) {
      return new Start.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Answer finish(Returned query, String sealed, String address) {
    Answer answer = finish(query, sealed);
    if (answer instanceof Answer.Refused refused && refused.status() != 503) {
      LOG.atWarn()
          .addKeyValue("address", address)
          .addKeyValue("why", refused.why())
          .log("sign-in by OIDC was refused");
      Optional<Duration> wait = failures.add(address);
      if (wait.isPresent()) {
        return new Answer.TooOften(wait.get());
      }
    }
    return answer;
  }

  private Answer finish(Returned query, String sealed) {
    Optional<Ticket> ticket = tickets.open(sealed, clock.instant());
    if (ticket.isEmpty() || !isSame(ticket.get().state(), query.state())) {
      return refused(
          400,
          "this sign-in was not begun in this browser, or longer than "
              + TICKET_LIVES.toMinutes()
              + " minutes ago");
    }
    // RFC 9207: an answer that another provider sent is not given to this one.
    if (!query.issuer().isEmpty() && !query.issuer().equals(config.issuer().toString())) {
      return refused(400, "the answer is of another identity provider");
    }
    if (!query.error().isEmpty()) {
      boolean isPlain = query.error().matches("[a-z_]{1,60}");
      return refused(403, "the identity provider said no" + (isPlain ? ": " + query.error() : ""));
    }
    if (query.code().isEmpty()) {
      return refused(400, "the identity provider sent neither a code nor an error");
    }
    Optional<Secret> secret = provider.secret().get();
    if (secret.isEmpty()) {
      return refused(503, "the client's secret cannot be read; GRACE's log says why");
    }
    if (!room.tryAcquire()) {
      return refused(503, "too many people sign in at once; try again");
    }
    try {
      return judged(
          flow.end(discovery.metadata(), ticket.get(), query.code(), secret.get()),
          ticket.get().next());
    } catch (Unreachable e) {
      return refused(503, String.valueOf(e.getMessage()));
    } catch (OAuth2AuthenticationException | OAuth2AuthorizationException e) {
      return Objection.of(e);
    } finally {
      room.release();
    }
  }

  private Answer judged(Claims claims, String next) {
    Optional<String> name = claims.name();
    if (name.isEmpty()) {
      return new Answer.Refused(
          403,
          "the claim '"
              + config.nameClaim()
              + "' must be a name of 1–100 letters, digits, '.', '_', '-', '+', '@'",
          claims.names());
    }
    Optional<Role> role = claims.role();
    if (role.isEmpty()) {
      return new Answer.Refused(
          403,
          "you are known, but nothing in the claim '"
              + config.rolesClaim()
              + "' gives you a role here",
          claims.names());
    }
    return new Answer.Welcome(People.person(name.get(), role.get()), next);
  }

  private static Answer refused(int status, String why) {
    return new Answer.Refused(status, why, List.of());
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
