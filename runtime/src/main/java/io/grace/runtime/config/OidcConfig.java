package io.grace.runtime.config;

import io.grace.runtime.config.TokenConfig.Role;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/// The identity provider that people may sign in through, and what its claims give. *Immutable.*
///
/// @param issuer exactly as the provider names itself; https, or http on loopback
/// @param clientSecret a reference such as `file:/run/secrets/oidc`
/// @param scopes asked for; `openid` among them
/// @param nameClaim what people are called by; one that they cannot change themselves
/// @param rolesClaim where the groups are; `realm_access.roles` looks into `realm_access`
/// @param roles by group; whoever has none of them does not get in
/// @param redirectBase where browsers reach GRACE, without a path
public record OidcConfig(
    URI issuer,
    String clientId,
    String clientSecret,
    List<String> scopes,
    String nameClaim,
    String rolesClaim,
    Map<String, Role> roles,
    URI redirectBase) {
  /// Where the provider sends people back to, below [#redirectBase].
  public static final String CALLBACK = "/sign-in/oidc/done";

  public OidcConfig {
    requireSafe("issuer", issuer);
    requireSafe("redirect_base", redirectBase);
    if (!redirectBase.getRawPath().isEmpty()) {
      throw new IllegalArgumentException(
          "redirect_base must have no path, not even '/': the console is at the root");
    }
    if (!scopes.contains("openid")) {
      throw new IllegalArgumentException("scopes must contain openid");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("roles must not be empty: nobody could sign in");
    }
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(roles);
  }

  /// As it must be registered with the provider, to the letter.
  public String redirectUri() {
    return redirectBase + CALLBACK;
  }

  private static void requireSafe(String what, URI uri) {
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          what + " must be a URL with a host, without user, query and fragment");
    }
    if (!isSafe(uri)) {
      throw new IllegalArgumentException(
          what + " must begin with https://; http:// is for loopback only");
    }
  }

  /// Whether nobody on the way can read or change what is sent there.
  public static boolean isSafe(URI uri) {
    return uri.getHost() != null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost())));
  }

  /// Names other than `localhost` are not asked for: what they mean could change.
  private static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return host.matches("[0-9.]+|\\[[0-9a-f:]+]")
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
