package io.grace.app.guard;

import io.grace.app.Backend;
import io.grace.app.ListensOn;
import io.grace.domains.security.Quarantine;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// What stands in front of every route: host, size, token, quarantine, role, feature, in this
/// order.
@Configuration(proxyBeanMethods = false)
public class GuardBeans {
  @Bean
  Denials denials() {
    return new Denials();
  }

  @Bean
  SourceDoor sourceDoor(Backend backend, InstantSource clock) {
    return new SourceDoor(backend, clock);
  }

  @Bean
  RequestRejectedHandler requestRejectedHandler(Denials denials) {
    return denials;
  }

  /// The doors decide who gets in: nothing else ever authenticates.
  @Bean
  AuthenticationManager authenticationManager() {
    return _ -> {
      throw new ProviderNotFoundException("only the doors authenticate");
    };
  }

  @Bean
  TokenDoor tokenDoor(Backend backend, InstantSource clock) {
    return new TokenDoor(new Tokens(backend.tokens()), new Failures(clock));
  }

  @Bean
  @Order(1)
  SecurityFilterChain api(
      HttpSecurity http, Backend backend, Denials denials, ListensOn listensOn, TokenDoor door) {
    var tokens = new TokenFilter(door);
    http.securityMatcher("/api/**", "/v3/**", "/actuator/**")
        .csrf(AbstractHttpConfigurer::disable) // No cookie, nothing to forge.
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers -> headers(headers, "default-src 'none'; frame-ancestors 'none'"))
        .exceptionHandling(e -> e.authenticationEntryPoint(denials).accessDeniedHandler(denials))
        .authorizeHttpRequests(requests -> authorize(requests, Routes.ALL));
    plain(http);
    filters(http, backend, listensOn);
    http.addFilterAfter(tokens, BodyLimit.class);
    return http.build();
  }

  /// The console: people with a session, forms with a token against forgery, scripts and styles of
  /// its own only.
  @Bean
  @Order(2)
  SecurityFilterChain console(
      HttpSecurity http, Backend backend, ConsoleDenials denials, ListensOn listensOn) {
    var csrf = new CookieCsrfTokenRepository();
    csrf.setCookieName("GRACE_FORM");
    csrf.setCookieCustomizer(c -> c.sameSite("Strict").httpOnly(true).path("/"));
    http.csrf(c -> c.csrfTokenRepository(csrf))
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .headers(headers ->
            headers(
                headers,
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'"))
        .exceptionHandling(e -> e.authenticationEntryPoint(denials).accessDeniedHandler(denials))
        .authorizeHttpRequests(requests -> authorize(requests, Routes.CONSOLE));
    plain(http);
    filters(http, backend, listensOn);
    http.addFilterAfter(new SessionAge(), BodyLimit.class);
    return http.build();
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers, String contentPolicy) {
    headers
        .contentSecurityPolicy(c -> c.policyDirectives(contentPolicy))
        .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN));
  }

  private static void plain(HttpSecurity http) {
    http.formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable);
  }

  private static void authorize(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests,
      List<Route> routes) {
    for (Route route : routes) {
      var rule = requests.requestMatchers(route.method(), route.pattern());
      switch (route.access()) {
        case Access.Anyone _ -> rule.permitAll();
        case Access.Sources _ -> rule.permitAll(); // The door itself asks; see SourceDoor.
        case Access.AtLeast(var role) -> rule.hasAuthority(People.authority(role));
      }
    }
    requests.anyRequest().denyAll();
  }

  private static void filters(HttpSecurity http, Backend backend, ListensOn listensOn) {
    http.addFilterAfter(new BodyLimit(), HeaderWriterFilter.class)
        .addFilterBefore(
            new QuarantineFilter(() -> backend.domain(Quarantine.class)), AuthorizationFilter.class)
        .addFilterAfter(new FeatureFilter(backend.features()), AuthorizationFilter.class);
    if (listensOn.isLoopback()) {
      http.addFilterBefore(new HostFilter(names(backend)), BodyLimit.class);
    }
  }

  /// The provider sends people back to a name that the configuration vouches for.
  private static Set<String> names(Backend backend) {
    return backend
        .identityProvider()
        .map(p -> Set.of(p.config().redirectBase().getRawAuthority().toLowerCase(Locale.ROOT)))
        .orElse(Set.of());
  }
}
