package io.grace.app.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/// What the provider says of itself (OpenID Connect Discovery 1.0, section 3), and its keys.
/// *Immutable*; the keys are fetched when they are needed and kept for a while.
///
/// @param document as it was read, checked
record Metadata(Map<String, Object> document, JWKSource<SecurityContext> keys) {
  /// A key that the provider withdrew is trusted no longer than this; one that is not known is
  /// looked for at once.
  private static final Duration KEYS_LIVE = Duration.ofMinutes(15);

  private static final Duration KEYS_LIMIT = Duration.ofSeconds(10);

  /// @throws IllegalArgumentException if it is not what it should be; the message says so
  static Metadata of(Map<String, Object> document, URI issuer, RestClient http) {
    // To the letter, as section 4.3 wants it: else another issuer's keys would be trusted.
    if (!issuer.toString().equals(document.get("issuer"))) {
      throw new IllegalArgumentException(
          "the provider calls itself "
              + shown(document.get("issuer"))
              + ", but oidc.issuer is '"
              + issuer
              + "'");
    }
    require(document, "authorization_endpoint");
    require(document, "token_endpoint");
    if (document.containsKey("userinfo_endpoint")) {
      require(document, "userinfo_endpoint");
    }
    return new Metadata(document, keys(require(document, "jwks_uri"), http));
  }

  private static URI require(Map<String, Object> document, String name) {
    Object value = document.get(name);
    try {
      if (value instanceof String text
          && io.grace.runtime.config.OidcConfig.isSafe(URI.create(text))) {
        return URI.create(text);
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "the provider's " + name + " must be an https URL: " + shown(value));
  }

  private static String shown(@org.jspecify.annotations.Nullable Object value) {
    String text = String.valueOf(value);
    return "'" + text.substring(0, Math.min(100, text.length())) + "'";
  }

  /// Not limited in how often: only what the provider itself answered makes GRACE ask for keys.
  private static JWKSource<SecurityContext> keys(URI uri, RestClient http) {
    return JWKSourceBuilder.create(url(uri), at -> fetched(at, http))
        .cache(KEYS_LIVE.toMillis(), KEYS_LIMIT.toMillis())
        .rateLimited(false)
        .refreshAheadCache(false)
        .build();
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("the provider's jwks_uri is no URL", e);
    }
  }

  private static Resource fetched(URL at, RestClient http) throws java.io.IOException {
    try {
      String body =
          http.get()
              .uri(URI.create(at.toString()))
              .accept(MediaType.APPLICATION_JSON)
              .retrieve()
              .body(String.class);
      return new Resource(Objects.requireNonNullElse(body, ""), "application/json");
    } catch (org.springframework.web.client.RestClientException e) {
      throw new java.io.IOException("the provider's keys cannot be had", e);
    }
  }
}
