package io.grace.runtime.config;

import io.grace.core.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that people configured, checked and complete. Relative paths are resolved against the
/// directory of the file. *Immutable.*
///
/// @param policy what the loop decides by; its hash covers everything here
/// @param keys the directory of the signing keys
/// @param stateDirectory where providers remember what they started
/// @param metaCycleSeconds 30–600
/// @param stores what is asked of Prometheus-compatible stores
/// @param sources who may push
/// @param exitCriteria what must be seen before more autonomy is earned
/// @param oidc the identity provider that people may sign in through
/// @param domains parts of GRACE that are watched and healed like services
/// @param playbookTests files with tests of playbooks, or directories of them
/// @param repositories local Git repositories that changes may refer to, by name
public record Config(
    Policy policy,
    ServerConfig server,
    StoreConfig store,
    Path keys,
    Path stateDirectory,
    List<TokenConfig> tokens,
    int metaCycleSeconds,
    TelemetryConfig telemetry,
    StoresConfig stores,
    List<SourceConfig> sources,
    Map<String, Path> repositories,
    ProvidersConfig providers,
    ExitCriteria exitCriteria,
    Optional<OidcConfig> oidc,
    List<DomainConfig> domains,
    List<Path> playbookTests) {
  public Config {
    tokens = List.copyOf(tokens);
    sources = List.copyOf(sources);
    repositories = Map.copyOf(repositories);
    domains = List.copyOf(domains);
    playbookTests = List.copyOf(playbookTests);
  }
}
