package io.grace.app.guard;

import io.grace.app.Backend;
import io.grace.app.ListensOn;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// What stands in front of every route: host, size, token, role, feature, in this order.
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

  /// Tokens are the only way in: nothing else ever authenticates.
  @Bean
  AuthenticationManager authenticationManager() {
    return _ -> {
      throw new ProviderNotFoundException("only API tokens authenticate");
    };
  }

  @Bean
  SecurityFilterChain filterChain(
      HttpSecurity http,
      Backend backend,
      Denials denials,
      ListensOn listensOn,
      InstantSource clock) {
    var tokens = new TokenFilter(new Tokens(backend.tokens()), new Failures(clock));
    http.csrf(AbstractHttpConfigurer::disable) // No cookie, nothing to forge.
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers ->
            headers
                .contentSecurityPolicy(
                    c -> c.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER)))
        .exceptionHandling(e -> e.authenticationEntryPoint(denials).accessDeniedHandler(denials))
        .authorizeHttpRequests(requests -> {
          for (Route route : Routes.ALL) {
            HttpMethod method = route.method();
            var rule = requests.requestMatchers(method, route.pattern());
            switch (route.access()) {
              case Access.Anyone _ -> rule.permitAll();
              case Access.Sources _ -> rule.permitAll(); // The door itself asks; see SourceDoor.
              case Access.AtLeast(var role) -> rule.hasAuthority(TokenFilter.authority(role));
            }
          }
          requests.anyRequest().denyAll();
        })
        .addFilterAfter(new BodyLimit(), HeaderWriterFilter.class)
        .addFilterAfter(tokens, BodyLimit.class)
        .addFilterAfter(new FeatureFilter(backend.features()), AuthorizationFilter.class);
    if (listensOn.isLoopback()) {
      http.addFilterBefore(new HostFilter(), BodyLimit.class);
    }
    return http.build();
  }
}
