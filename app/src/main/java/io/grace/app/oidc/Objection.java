package io.grace.app.oidc;

import io.grace.app.guard.ProviderDoor.Answer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/// What the framework objects to, in words for people. Its own messages stay in the log, and there
/// only those about ID tokens, which quote claims and never tokens or secrets.
final class Objection {
  private static final Logger LOG = LoggerFactory.getLogger(Objection.class);
  private static final int LONGEST = 300;

  private Objection() {}

  static Answer of(RuntimeException e) {
    if (isSilence(e)) {
      return new Answer.Refused(503, "the identity provider cannot be reached now", List.of());
    }
    OAuth2Error error =
        switch (e) {
          case OAuth2AuthenticationException a -> a.getError();
          case OAuth2AuthorizationException a -> a.getError();
          default -> throw e;
        };
    return new Answer.Refused(403, said(error), List.of());
  }

  private static String said(OAuth2Error error) {
    return switch (error.getErrorCode()) {
      case "invalid_id_token" -> {
        LOG.atWarn().addKeyValue("why", brief(error.getDescription())).log("bad ID token");
        yield "the identity provider's ID token is not valid here; GRACE's log says why";
      }
      case "invalid_nonce" -> "the identity provider's ID token is not for this sign-in";
      case "invalid_user_info_response" ->
          "the identity provider's user info is not about you, or cannot be read";
      case "invalid_grant" -> "the identity provider does not accept its own code; sign in again";
      case "invalid_client", "unauthorized_client" ->
          "the identity provider does not know GRACE by this client_id and client_secret";
      default -> "the identity provider answered with what GRACE cannot use";
    };
  }

  private static String brief(@Nullable String text) {
    String all = String.valueOf(text);
    return all.substring(0, Math.min(LONGEST, all.length()));
  }

  private static boolean isSilence(@Nullable Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
      if (t instanceof AuthenticationException a && a.getCause() == null) {
        return false;
      }
    }
    return false;
  }
}
