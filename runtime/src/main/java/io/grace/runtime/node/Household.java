package io.grace.runtime.node;

import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.Secrets;
import io.grace.core.spi.TelemetrySource;
import io.grace.core.state.Snapshot;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.DomainConfig;
import io.grace.runtime.config.Workshop;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.DomainKinds;
import io.grace.runtime.domain.House;
import io.grace.runtime.domain.Recollection;
import io.grace.runtime.domain.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The domains that run in this GRACE. *Thread-safe.*
final class Household implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Household.class);

  /// In the order in which they were opened.
  private final Map<String, Domain> domains = new LinkedHashMap<>();

  private Household() {}

  /// @param memories of the domain of this name
  /// @throws IOException if one cannot begin; none is open then
  static Household open(
      Config config,
      Secrets secrets,
      InstantSource clock,
      Supplier<Snapshot> snapshot,
      Function<String, Optional<Recollection>> memories,
      Works works)
      throws IOException {
    var household = new Household();
    var kinds = DomainKinds.all();
    Map<String, Set<ServiceId>> nodes =
        config.domains().stream()
            .collect(Collectors.toMap(DomainConfig::name, DomainConfig::nodes));
    var workshop = new Workshop(config);
    try {
      for (DomainConfig domain : config.domains()) {
        Path directory = config.stateDirectory().resolve("domains").resolve(domain.name());
        Files.createDirectories(directory);
        var house =
            new House(
                directory,
                domain.base(),
                clock,
                secrets,
                snapshot,
                config.policy(),
                nodes,
                workshop,
                memories.apply(domain.name()),
                works);
        DomainKind kind = kinds.get(domain.name());
        if (kind == null) {
          throw new IOException("domain " + domain.name() + " is not in the class path");
        }
        household.domains.put(domain.name(), kind.open(domain.settings(), house));
      }
    } catch (IOException | RuntimeException e) {
      household.close();
      throw e;
    }
    return household;
  }

  List<TelemetrySource> eyes() {
    return domains.values().stream().flatMap(domain -> domain.eyes().stream()).toList();
  }

  Map<String, ActionProvider> hands() {
    var hands = new HashMap<String, ActionProvider>();
    domains.forEach((name, domain) -> domain.hands().ifPresent(h -> hands.put(name, h)));
    return hands;
  }

  /// The running domain of this class.
  <D> Optional<D> find(Class<D> type) {
    return domains.values().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /// The last opened first.
  @Override
  public void close() {
    List.copyOf(domains.entrySet())
        .reversed()
        .forEach(domain -> {
          try {
            domain.getValue().close();
          } catch (RuntimeException e) {
            LOG.atError()
                .setCause(e)
                .addKeyValue("domain", domain.getKey())
                .log("a domain did not close in order");
          }
        });
  }
}
