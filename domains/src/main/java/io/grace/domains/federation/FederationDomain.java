package io.grace.domains.federation;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.http.Breaker;
import io.grace.runtime.http.Connections.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The connections to outside systems: which answer, which are left alone, whether their
/// credentials are there and how old they are. *Thread-safe.*
public final class FederationDomain implements Domain {
  static final ServiceId CONNECTIONS = new ServiceId("outside_connections");
  static final ServiceId BREAKERS = new ServiceId("circuit_breakers");
  static final ServiceId CREDENTIALS = new ServiceId("credentials");

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final double SECONDS_OF_DAY = 86_400;

  private final House house;
  private final Hands hands;

  FederationDomain(House house, List<ActionSpec> actions) throws IOException {
    this.house = house;
    this.hands =
        Hands.of(
            FederationKind.NAME,
            actions,
            Map.of("retry_connections", this::retry),
            house.directory());
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(new Eye("domain federation", INTERVAL, this::read));
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  private List<Measured> read(Instant now) {
    List<Connection> all = house.works().connections().all();
    long answering = all.stream().filter(c -> state(c, now) == Breaker.State.CLOSED).count();
    double longest =
        all.stream()
            .flatMap(c -> c.breaker().restUntil(now).stream())
            .mapToDouble(until -> Duration.between(now, until).toMillis() / 1000.0)
            .max()
            .orElse(0);
    var measured = new ArrayList<Measured>();
    measured.add(
        new Measured(
            CONNECTIONS,
            "connections_answering_ratio",
            all.isEmpty() ? 1 : (double) answering / all.size()));
    // One whose rest is over waits for the next question; whether it answers is not known yet.
    measured.add(new Measured(BREAKERS, "breakers_open", all.size() - answering));
    measured.add(new Measured(BREAKERS, "breaker_rest_s", longest));
    credentials(all, now, measured);
    return measured;
  }

  private void credentials(List<Connection> all, Instant now, List<Measured> measured) {
    long missing = 0;
    double oldest = 0;
    for (Connection connection : all) {
      if (connection.credential().isEmpty()) {
        continue;
      }
      String reference = connection.credential().get();
      missing += house.secrets().resolve(reference).isEmpty() ? 1 : 0;
      oldest = Math.max(oldest, age(reference, now));
    }
    measured.add(new Measured(CREDENTIALS, "credentials_missing", missing));
    measured.add(new Measured(CREDENTIALS, "credential_age_days", oldest));
  }

  /// In days; 0 for what has no age that can be seen.
  private static double age(String reference, Instant now) {
    if (!reference.startsWith("file:")) {
      return 0;
    }
    try {
      Path file = Path.of(reference.substring("file:".length()));
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return Math.max(0, Duration.between(written, now).toSeconds() / SECONDS_OF_DAY);
    } catch (IOException _) {
      return 0; // It is missing, and counted as that.
    }
  }

  private static Breaker.State state(Connection connection, Instant now) {
    return connection.breaker().state(now);
  }

  private Result retry(Warrant warrant) {
    Instant now = house.clock().instant();
    var resting =
        house.works().connections().all().stream()
            .filter(c -> state(c, now) == Breaker.State.OPEN)
            .toList();
    resting.forEach(c -> c.breaker().retryNow());
    return new Result.Done("asks again: " + resting.stream().map(Connection::name).toList());
  }

  @Override
  public void close() {
    // Nothing of it runs by itself.
  }
}
