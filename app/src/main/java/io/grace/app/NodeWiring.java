package io.grace.app;

import io.grace.app.Backend.ApiToken;
import io.grace.app.Backend.IdentityProvider;
import io.grace.core.model.Hash;
import io.grace.core.spi.Secrets;
import io.grace.runtime.config.Checker;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import io.grace.runtime.config.OidcConfig;
import io.grace.runtime.config.Problem;
import io.grace.runtime.config.TokenConfig;
import io.grace.runtime.config.TokenConfig.Proof;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.node.Node;
import io.grace.runtime.secrets.LocalSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes a running node from a configuration file.
final class NodeWiring implements Wiring {
  private final Map<String, String> environment;
  private final String version;

  NodeWiring(Map<String, String> environment, String version) {
    this.environment = Map.copyOf(environment);
    this.version = version;
  }

  @Override
  public List<Fault> check(Path config) {
    return switch (ConfigLoader.load(config, environment)) {
      case Loaded.Valid _ -> List.of();
      case Loaded.Invalid(List<Problem> problems) ->
          problems.stream().map(NodeWiring::fault).toList();
    };
  }

  @Override
  public List<String> explain(Path config) {
    return ConfigLoader.load(config, environment) instanceof Loaded.Valid(Config valid)
        ? Checker.explain(valid, InstantSource.system().instant()).lines()
        : List.of();
  }

  @Override
  public Served open(Path file) throws Refused {
    return switch (ConfigLoader.load(file, environment)) {
      case Loaded.Valid(Config config) -> open(file, config);
      case Loaded.Invalid(List<Problem> problems) ->
          throw new Refused(problems.stream().map(NodeWiring::fault).toList());
    };
  }

  private Served open(Path file, Config config) throws Refused {
    Secrets secrets = new LocalSecrets(environment);
    List<ApiToken> tokens = tokens(file, config, secrets);
    Optional<IdentityProvider> provider = provider(file, config, secrets);
    try {
      Node node =
          Node.start(
              config, secrets, InstantSource.system(), RandomGenerator.getDefault(), version);
      return new Served(
          new NodeBackend(node, tokens, provider, version),
          config.server().host(),
          config.server().port());
    } catch (JournalException | IOException | IllegalArgumentException e) {
      throw new Refused(List.of(fault(file, String.valueOf(e.getMessage()))));
    }
  }

  private static List<ApiToken> tokens(Path file, Config config, Secrets secrets) throws Refused {
    var tokens = new ArrayList<ApiToken>();
    var faults = new ArrayList<Fault>();
    for (TokenConfig token : config.tokens()) {
      switch (token.proof()) {
        case Proof.Sha256(Hash hash) -> tokens.add(token(token, hash));
        case Proof.Secret(String reference) ->
            secrets
                .resolve(reference)
                .ifPresentOrElse(
                    secret -> tokens.add(token(token, Hash.sha256(secret.reveal()))),
                    () ->
                        faults.add(
                            fault(
                                file,
                                "token "
                                    + token.name()
                                    + ": "
                                    + reference
                                    + " cannot be read; see the log for why")));
      }
    }
    if (!faults.isEmpty()) {
      throw new Refused(faults);
    }
    return tokens;
  }

  /// The secret is read now so that a wrong reference is told at once; the provider itself is not
  /// asked: GRACE starts without it.
  private static Optional<IdentityProvider> provider(Path file, Config config, Secrets secrets)
      throws Refused {
    if (config.oidc().isEmpty()) {
      return Optional.empty();
    }
    OidcConfig oidc = config.oidc().get();
    if (secrets.resolve(oidc.clientSecret()).isEmpty()) {
      throw new Refused(
          List.of(
              fault(
                  file,
                  "oidc.client_secret: "
                      + oidc.clientSecret()
                      + " cannot be read; see the log for why")));
    }
    return Optional.of(new IdentityProvider(oidc, () -> secrets.resolve(oidc.clientSecret())));
  }

  private static ApiToken token(TokenConfig token, Hash hash) {
    return new ApiToken(token.name(), Role.valueOf(token.role().name()), hash, token.domain());
  }

  private static Fault fault(Problem p) {
    return new Fault(p.file(), p.line(), p.column(), p.path(), p.message());
  }

  private static Fault fault(Path file, String message) {
    return new Fault(file.toString(), 0, 0, "", message);
  }
}
