package io.grace.runtime.config;

import io.grace.core.memory.DomainId;
import io.grace.core.model.Hash;
import io.grace.core.model.Mode;
import io.grace.core.policy.Policy;
import io.grace.runtime.config.TokenConfig.Proof;
import io.grace.runtime.config.TokenConfig.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Puts the parts of `grace.yaml` together. Owned by the thread that loads.
final class ConfigReader {
  private static final Hash NOT_YET = Hash.sha256("");

  private final Cursor root;
  private final Definitions domains;
  private final Overrides overrides;
  private final Path base;
  private final Targets targets;
  private final List<Problem> elsewhere = new ArrayList<>();

  /// @param root with what the domains add
  ConfigReader(Cursor root, Definitions domains, Overrides overrides, Path base) {
    this.root = root;
    this.domains = domains;
    this.overrides = overrides;
    this.base = base;
    this.targets = new Targets(base);
  }

  /// Something, even if there are problems; it counts only if there are none.
  Config read() {
    var metrics = MetricsReader.metrics(root.at("metrics"));
    var known =
        new Known(
            ServicesReader.names(root.at("services")),
            MetricsReader.known(metrics, root.at("telemetry"), root.at("sources")));
    var telemetry = new TelemetryReader(known, targets).read(root.at("telemetry"));
    var providers =
        new ProvidersReader(known, targets, domains.actions()).read(root.at("providers"));
    var library = new PlaybookLibrary(known, providers.catalogue(), base);
    domains.playbooks().forEach(library::addOfDomain);
    library.add(root.at("playbooks"));
    elsewhere.addAll(library.problems());
    var services = new ServicesReader(known, library.playbooks()).read(root.at("services"));
    var stores = new StoresReader(known).read(root);
    var sources =
        new SourcesReader()
            .read(root.at("sources"), stores.stores().stream().map(StoreReading::id).toList());
    var policy =
        new Policy(
            NOT_YET,
            overrides.ceiling(root.at("mode").choice(Mode.class)),
            services,
            metrics,
            MetricsReader.triage(root.at("triage"), known),
            new ArrayList<>(library.playbooks().values()),
            providers.catalogue(),
            CalendarReader.read(root.at("calendar")),
            LimitsReader.limits(root.at("limits"), overrides),
            LimitsReader.approvals(root.at("approvals")),
            Policy.topology(services),
            SensingReader.read(root.at("sensing"), sources.damping()),
            LearningReader.read(root.at("learning"), overrides.learning()),
            ParliamentReader.read(root.at("parliament")));
    return new Config(
        policy,
        server(root.at("server")),
        store(root.at("store")),
        path(root.at("keys"), ".grace/keys"),
        path(root.at("state_dir"), ".grace/state"),
        tokens(root.at("tokens")),
        overrides.metaCycleSeconds().orElse(root.at("meta").at("cycle_seconds").whole(120)),
        telemetry,
        stores,
        sources.sources(),
        root.at("changes").at("repositories").map(name -> name, c -> targets.path(c, "")),
        providers.providers(),
        exitCriteria(root.at("exit_criteria")),
        OidcReader.read(root.at("oidc")),
        domains.configs(),
        root.at("playbook_tests").list(this::playbookTests));
  }

  private static ExitCriteria exitCriteria(Cursor cursor) {
    var standard = ExitCriteria.DEFAULTS;
    return cursor
        .make(() ->
            new ExitCriteria(
                cursor.at("days").whole(standard.days()),
                cursor.at("proposals").whole(standard.proposals()),
                cursor.at("right").decimal(standard.right()),
                cursor.at("needless").decimal(standard.needless())))
        .orElse(standard);
  }

  /// What is wrong within the tests is said where they are played: they do not keep GRACE from
  /// starting.
  private Optional<Path> playbookTests(Cursor cursor) {
    return targets
        .path(cursor, "")
        .filter(path -> {
          if (!Files.exists(path)) {
            cursor.problem("there is no such file or directory: " + Shown.text(path.toString()));
          }
          return Files.exists(path);
        });
  }

  /// Problems of other files than this one.
  List<Problem> elsewhere() {
    return elsewhere;
  }

  private Path path(Cursor cursor, String fallback) {
    return targets.path(cursor, fallback).orElse(base);
  }

  private static ServerConfig server(Cursor cursor) {
    var features = cursor.at("features").map(name -> name, c -> Optional.of(c.flag(true)));
    ServerConfig.FEATURES.forEach(feature -> features.putIfAbsent(feature, true));
    int port = cursor.at("port").whole(8080);
    return cursor
        .make(() -> new ServerConfig(cursor.at("host").text("127.0.0.1"), port, features))
        .orElseGet(() -> new ServerConfig("127.0.0.1", 8080, features));
  }

  private StoreConfig store(Cursor cursor) {
    var postgresql = cursor.at("postgresql");
    if (!postgresql.isThere()) {
      return new StoreConfig.Sqlite(path(cursor.at("sqlite"), ".grace/grace.db"));
    }
    if (cursor.at("sqlite").isThere()) {
      cursor.problem("needs exactly one of sqlite, postgresql");
    }
    return new StoreConfig.Postgresql(
        postgresql.at("url").text(""),
        postgresql.at("user").text(""),
        postgresql.at("password").text(""));
  }

  private static List<TokenConfig> tokens(Cursor cursor) {
    var names = new HashSet<String>();
    return cursor.list(token -> {
      String name = token.at("name").text("");
      if (!names.add(name)) {
        token.at("name").problem("is there twice: " + Shown.text(name));
      }
      return proof(token)
          .flatMap(proof ->
              token
                  .at("role")
                  .choice(Role.class)
                  .map(role ->
                      new TokenConfig(
                          name, role, proof, token.at("domain").choice(DomainId.class))));
    });
  }

  private static Optional<Proof> proof(Cursor token) {
    boolean isSecret = token.at("secret").isThere();
    if (isSecret == token.at("sha256").isThere()) {
      token.problem("needs exactly one of secret, sha256");
      return Optional.empty();
    }
    return isSecret
        ? token.at("secret").text().map(Proof.Secret::new)
        : token
            .at("sha256")
            .text()
            .filter(t -> t.matches("[0-9a-f]{64}"))
            .map(t -> new Proof.Sha256(new Hash(t)));
  }
}
