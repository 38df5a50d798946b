package io.grace.domains.cognition;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.core.state.Snapshot;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.projection.Archive.IncidentRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The domains together: which are well, what has the attention, where trouble grows.
/// *Thread-safe.*
public final class CognitionDomain implements Domain {
  static final ServiceId MEMORY = new ServiceId("trend_memory");
  static final ServiceId ATTENTION = new ServiceId("attention");
  static final ServiceId WHOLE = new ServiceId("cross_domain_health");

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /// No set of trends comes near it.
  private static final int FILE_BYTES_MAX = 64 * 1024;

  /// Pages of incidents that are read at most: more than four hours of a bad day.
  private static final int PAGES = 20;

  private static final int PAGE = 500;

  private final House house;
  private final Path file;
  private final Hands hands;

  CognitionDomain(House house, List<ActionSpec> actions) throws IOException {
    this.house = house;
    this.file = house.directory().resolve("trends");
    this.hands =
        Hands.of(
            CognitionKind.NAME,
            actions,
            Map.of("rebuild_trends", this::rebuild),
            house.directory());
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(new Eye("domain cognition", INTERVAL, this::read));
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  /// What was last worked out; empty if there is nothing sound.
  public Optional<String> rising() {
    return stored().map(trends -> String.join(", ", trends.rising()));
  }

  private List<Measured> read(Instant now) {
    Snapshot snapshot = house.snapshot().get();
    var measured = new ArrayList<Measured>();
    measured.add(new Measured(WHOLE, "domains_well_ratio", well(snapshot)));
    snapshot
        .meta()
        .ifPresent(meta ->
            measured.add(
                new Measured(
                    ATTENTION,
                    "attention_lag_s",
                    Math.max(0, Duration.between(meta.at(), now).toSeconds()))));
    Optional<Trends> stored = Files.exists(file) ? stored() : write(now);
    measured.add(new Measured(MEMORY, "trends_sound", stored.isPresent() ? 1 : 0));
    stored.ifPresent(trends -> {
      measured.add(new Measured(WHOLE, "trouble_rising", trends.rising().size()));
      if (trends.until().plus(Trends.STEP).isBefore(now)) {
        write(now);
      }
    });
    return measured;
  }

  /// The share of the domains without a sick node.
  private double well(Snapshot snapshot) {
    Map<String, Set<ServiceId>> domains = house.nodes();
    long well =
        domains.values().stream()
            .filter(nodes -> nodes.stream().noneMatch(n -> snapshot.health(n).isSick()))
            .count();
    return domains.isEmpty() ? 1 : (double) well / domains.size();
  }

  private Optional<Trends> stored() {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX);
      return Trends.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private Optional<Trends> write(Instant now) {
    try {
      var trends = Trends.of(spells(now), house.nodes(), now);
      Path next = file.resolveSibling("trends.next");
      Files.writeString(next, trends.text());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(trends);
    } catch (IOException | JournalException _) {
      return Optional.empty(); // Seen as not sound, and tried again by whoever heals it.
    }
  }

  private List<Spell> spells(Instant now) throws JournalException {
    Instant since = now.minus(Trends.SPAN);
    var spells = new ArrayList<Spell>();
    Optional<String> before = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      List<IncidentRow> rows = house.works().archive().incidents(Optional.empty(), before, PAGE);
      rows.forEach(row -> spells.add(new Spell(row.service(), row.opened(), row.resolved())));
      if (rows.size() < PAGE || rows.getLast().opened().isBefore(since)) {
        break;
      }
      before = Optional.of(rows.getLast().id());
    }
    return spells;
  }

  private Result rebuild(Warrant warrant) {
    return write(house.clock().instant()).isPresent()
        ? new Result.Done("the trends were worked out again from the journal")
        : new Result.Failed("the trends cannot be worked out or written now", true);
  }

  @Override
  public void close() {
    // Nothing of it runs by itself.
  }
}
