package io.grace.runtime.config;

import io.grace.runtime.config.TokenConfig.Role;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// Reads which identity provider people may sign in through.
final class OidcReader {
  private static final List<String> SCOPES = List.of("openid", "profile");

  private OidcReader() {}

  static Optional<OidcConfig> read(Cursor cursor) {
    if (!cursor.isThere()) {
      return Optional.empty();
    }
    var issuer = url(cursor.at("issuer"));
    var redirectBase = url(cursor.at("redirect_base"));
    if (issuer.isEmpty() || redirectBase.isEmpty()) {
      return Optional.empty();
    }
    var scopes = cursor.at("scopes");
    return cursor.make(() ->
        new OidcConfig(
            issuer.get(),
            cursor.at("client_id").text(""),
            cursor.at("client_secret").text(""),
            scopes.isThere() ? scopes.list(Cursor::text) : SCOPES,
            cursor.at("name_claim").text("preferred_username"),
            cursor.at("roles_claim").text("groups"),
            cursor.at("roles").map(group -> group, role -> role.choice(Role.class)),
            redirectBase.get()));
  }

  private static Optional<URI> url(Cursor cursor) {
    return cursor
        .text()
        .flatMap(text ->
            cursor.make(() -> {
              try {
                return new URI(text);
              } catch (URISyntaxException _) {
                throw new IllegalArgumentException("must be a URL");
              }
            }));
  }
}
