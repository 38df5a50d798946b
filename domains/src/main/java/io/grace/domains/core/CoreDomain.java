package io.grace.domains.core;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.Health;
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
import io.grace.runtime.domain.Ledger;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.JournalException.Kind;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// GRACE's own process, journal, keys and eyes, and the services under care on the whole.
/// *Thread-safe.*
public final class CoreDomain implements Domain {
  static final ServiceId PROCESS = new ServiceId("grace_process");
  static final ServiceId JOURNAL = new ServiceId("journal_store");
  static final ServiceId KEYS = new ServiceId("key_ring");
  static final ServiceId TELEMETRY = new ServiceId("telemetry_pipeline");
  static final ServiceId CARE = new ServiceId("services_under_care");

  private static final Set<ServiceId> NODES = Set.of(PROCESS, JOURNAL, KEYS, TELEMETRY, CARE);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /// After a start, until the slowest eyes have looked: nobody is called because a service was not
  /// seen yet.
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private static final double BYTES_OF_MB = 1e6;
  private static final double SECONDS_OF_DAY = 86_400;

  private final House house;
  private final Process process;
  private final Instant settled;
  private final RoundShares rounds = new RoundShares();
  private final Hands hands;

  CoreDomain(House house, List<ActionSpec> actions) throws IOException {
    this.house = house;
    this.process = new Process(house.directory());
    this.settled = house.clock().instant().plus(SETTLING);
    this.hands =
        Hands.of(
            CoreKind.NAME,
            actions,
            Map.of(
                "truncate_journal_log", this::truncate,
                "save_state", this::save,
                "rotate_signing_key", this::rotate),
            house.directory());
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(new Eye("domain core", INTERVAL, this::read));
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  private List<Measured> read(Instant now) {
    var measured = new ArrayList<Measured>();
    process
        .measure()
        .forEach((metric, value) -> measured.add(new Measured(PROCESS, metric, value)));
    Ledger ledger = house.works().ledger();
    measured.add(new Measured(JOURNAL, "journal_log_mb", ledger.logBytes() / BYTES_OF_MB));
    measured.add(new Measured(JOURNAL, "entries_unsaved", ledger.entriesUnsaved()));
    keySince()
        .ifPresent(since ->
            measured.add(
                new Measured(
                    KEYS,
                    "signing_key_age_days",
                    Duration.between(since, now).toSeconds() / SECONDS_OF_DAY)));
    rounds
        .measure(house.works().rounds())
        .forEach((metric, value) -> measured.add(new Measured(TELEMETRY, metric, value)));
    care(house.snapshot().get(), now, measured);
    return measured;
  }

  /// When the key that signs now was made; empty if the journal cannot be asked.
  private Optional<Instant> keySince() {
    return Stream.of("key.rotated", "journal.created")
        .flatMap(kind -> newest(kind).stream())
        .max(Instant::compareTo);
  }

  private Optional<Instant> newest(String kind) {
    var search =
        new EntrySearch(
            Long.MAX_VALUE,
            1,
            Optional.of(kind),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try {
      return house.works().archive().search(search).stream().map(entry -> entry.at()).findFirst();
    } catch (JournalException _) {
      return Optional.empty(); // What is not measured is unknown, and the loop sees that.
    }
  }

  /// Of all services but these nodes.
  private void care(Snapshot snapshot, Instant now, List<Measured> measured) {
    long all = 0;
    long unseen = 0;
    long sick = 0;
    for (ServiceId service : house.policy().services().keySet()) {
      if (NODES.contains(service)) {
        continue;
      }
      Health health = snapshot.health(service);
      all++;
      unseen += health.status() == Health.Status.UNKNOWN ? 1 : 0;
      sick += health.isSick() ? 1 : 0;
    }
    if (!now.isBefore(settled)) {
      measured.add(new Measured(CARE, "services_unseen_ratio", share(unseen, all)));
    }
    measured.add(new Measured(CARE, "services_sick_ratio", share(sick, all)));
  }

  static double share(long part, long all) {
    return all == 0 ? 0 : (double) part / all;
  }

  private Result truncate(Warrant warrant) {
    Ledger ledger = house.works().ledger();
    try {
      long before = ledger.logBytes();
      return ledger.truncateLog()
          ? new Result.Done("the write-ahead log went from " + before + " bytes to nothing")
          : new Result.Failed("a reader holds the write-ahead log; try again later", true);
    } catch (JournalException e) {
      return failed(e);
    }
  }

  private Result save(Warrant warrant) {
    Ledger ledger = house.works().ledger();
    long unsaved = ledger.entriesUnsaved();
    ledger.saveState();
    return new Result.Done("the state is saved after the next cycle; unsaved were " + unsaved);
  }

  private Result rotate(Warrant warrant) {
    try {
      house.works().ledger().rotateKey("grace.core");
      return new Result.Done("the journal is signed with a new key; the old one vouches for it");
    } catch (JournalException e) {
      return failed(e);
    }
  }

  private static Result failed(JournalException e) {
    return new Result.Failed(String.valueOf(e.getMessage()), e.kind() == Kind.RETRY);
  }

  @Override
  public void close() {
    // Nothing of it runs by itself.
  }
}
