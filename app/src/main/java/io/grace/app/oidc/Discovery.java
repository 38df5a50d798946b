package io.grace.app.oidc;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Finds out about the provider when somebody first signs in, and again once an hour: GRACE starts
/// and goes on without it. *Thread-safe.*
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final Duration FRESH = Duration.ofHours(1);

  /// So that not each of many people waits for the same silence.
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final URI issuer;
  private final RestClient http;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private @Nullable Metadata known;
  private Instant learned = Instant.MIN;
  private Instant failed = Instant.MIN;
  private String why = "";

  Discovery(URI issuer, RestClient http, InstantSource clock) {
    this.issuer = issuer;
    this.http = http;
    this.clock = clock;
  }

  /// There is nothing known of the provider, and it cannot be asked now; the message says why.
  static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    Unreachable(String why) {
      super(why);
    }
  }

  Metadata metadata() throws Unreachable {
    lock.lock();
    try {
      Instant now = clock.instant();
      boolean isFresh = known != null && now.isBefore(learned.plus(FRESH));
      boolean isPausing = failed.isAfter(Instant.MIN) && now.isBefore(failed.plus(PAUSE));
      if (!isFresh && !isPausing) {
        ask(now);
      }
      // What was true an hour ago is better than nothing: endpoints hardly ever move.
      if (known == null) {
        throw new Unreachable(why);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private void ask(Instant now) {
    try {
      known = Metadata.of(fetched(), issuer, http);
      learned = now;
      failed = Instant.MIN;
    } catch (RestClientException e) {
      fail(now, "the identity provider at " + issuer + " cannot be reached now");
    } catch (JacksonException e) {
      fail(now, "what is at " + issuer + " does not answer as an identity provider");
    } catch (IllegalArgumentException e) {
      fail(now, String.valueOf(e.getMessage()));
    }
  }

  private void fail(Instant now, String reason) {
    failed = now;
    why = reason;
    LOG.atWarn().addKeyValue("why", reason).log("sign-in by OIDC does not work now");
  }

  private Map<String, Object> fetched() {
    String base = issuer.toString();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    String body =
        http.get()
            .uri(URI.create(root + "/.well-known/openid-configuration"))
            .accept(MediaType.APPLICATION_JSON)
            .retrieve()
            .body(String.class);
    return JsonMapper.shared()
        .readValue(body == null ? "" : body, new TypeReference<Map<String, Object>>() {});
  }
}
