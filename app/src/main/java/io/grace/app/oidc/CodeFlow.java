package io.grace.app.oidc;

import io.grace.core.spi.Secrets.Secret;
import io.grace.runtime.config.OidcConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/// The requests of the flow and the checks of their answers, by Spring Security. *Thread-safe.*
///
/// Its parts are used one by one and not as its filters: those keep what was begun in the session,
/// whose cookie does not come back from another site.
final class CodeFlow {
  /// Clocks of two machines differ by so much at most.
  private static final Duration SKEW = Duration.ofSeconds(60);

  /// Never `none`, and never one whose key is the client's secret.
  private static final Set<SignatureAlgorithm> SIGNATURES =
      Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);

  private final OidcConfig config;
  private final Clock clock;
  private final RestClientAuthorizationCodeTokenResponseClient tokens =
      new RestClientAuthorizationCodeTokenResponseClient();
  private final OidcUserService users = new OidcUserService();

  CodeFlow(OidcConfig config, ClientHttpRequestFactory requests, InstantSource clock) {
    this.config = config;
    this.clock = clock.withZone(ZoneOffset.UTC);
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(requests)
            .configureMessageConverters(converters -> {
              converters.addCustomConverter(new FormHttpMessageConverter());
              converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    var asking = new RestTemplate(requests);
    asking.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
    var plainUsers = new DefaultOAuth2UserService();
    plainUsers.setRestOperations(asking);
    users.setOauth2UserService(plainUsers);
    users.setRetrieveUserInfo(this::lacksClaims);
  }

  /// Many providers put groups into the ID token; only the others are asked once more.
  private boolean lacksClaims(OidcUserRequest request) {
    Map<String, Object> claims = request.getIdToken().getClaims();
    boolean isEnough =
        Claims.has(claims, config.nameClaim()) && Claims.has(claims, config.rolesClaim());
    var endpoint = request.getClientRegistration().getProviderDetails().getUserInfoEndpoint();
    return !isEnough && endpoint.getUri() != null && !endpoint.getUri().isEmpty();
  }

  /// Where the browser is sent.
  URI begin(Metadata metadata, Ticket ticket) {
    return URI.create(
        request(registration(metadata, new Secret("")), ticket).getAuthorizationRequestUri());
  }

  /// What the provider claims of the person.
  Claims end(Metadata metadata, Ticket ticket, String code, Secret secret) {
    ClientRegistration registration = registration(metadata, secret);
    var response =
        OAuth2AuthorizationResponse.success(code)
            .redirectUri(config.redirectUri())
            .state(ticket.state())
            .build();
    var checks = new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
    checks.setJwtDecoderFactory(client -> decoder(metadata, client));
    var exchange = new OAuth2AuthorizationExchange(request(registration, ticket), response);
    if (!(checks.authenticate(new OAuth2LoginAuthenticationToken(registration, exchange))
            instanceof OAuth2LoginAuthenticationToken proved)
        || !(proved.getPrincipal() instanceof OidcUser user)) {
      throw new IllegalStateException("an OpenID Connect exchange that proves nobody");
    }
    return new Claims(user.getClaims(), config);
  }

  private ClientRegistration registration(Metadata metadata, Secret secret) {
    return ClientRegistrations.fromOidcConfiguration(metadata.document())
        .registrationId("oidc")
        .clientId(config.clientId())
        .clientSecret(secret.reveal())
        .redirectUri(config.redirectUri())
        .scope(config.scopes())
        .userNameAttributeName("sub")
        .build();
  }

  private OAuth2AuthorizationRequest request(ClientRegistration registration, Ticket ticket) {
    var attributes = new HashMap<String, Object>();
    attributes.put(OidcParameterNames.NONCE, ticket.nonce());
    attributes.put(PkceParameterNames.CODE_VERIFIER, ticket.verifier());
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(
            Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
        .clientId(config.clientId())
        .redirectUri(config.redirectUri())
        .scopes(registration.getScopes())
        .state(ticket.state())
        .attributes(all -> all.putAll(attributes))
        .additionalParameters(all -> {
          all.put(OidcParameterNames.NONCE, sha256(ticket.nonce()));
          all.put(PkceParameterNames.CODE_CHALLENGE, sha256(ticket.verifier()));
          all.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
        })
        .build();
  }

  private static String sha256(String text) {
    byte[] hash =
        io.grace.core.model.Hash.newSha256().digest(text.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private JwtDecoder decoder(Metadata metadata, ClientRegistration client) {
    var decoder =
        NimbusJwtDecoder.withJwkSource(metadata.keys())
            .jwsAlgorithms(all -> all.addAll(SIGNATURES))
            .build();
    var times = new JwtTimestampValidator(SKEW);
    times.setClock(clock);
    var claims = new OidcIdTokenValidator(client);
    claims.setClockSkew(SKEW);
    claims.setClock(clock);
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(times, claims));
    decoder.setClaimSetConverter(
        new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
    return decoder;
  }
}
