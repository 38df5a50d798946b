package io.grace.core.state;

import io.grace.core.model.Change;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Edge;
import io.grace.core.model.Hash;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading;
import io.grace.core.model.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// What GRACE heard from outside, as far as it still matters. *Immutable.*
///
/// @param alerts those that are on, by fingerprint
/// @param alertsOf the fingerprints of each service's
/// @param cleared when an alert of the service was over last
/// @param onsets when alerts and sicknesses began lately, newest last
/// @param calls learned edges, each with the sources that see it and when that was recorded last
/// @param changes by service, the newest last
/// @param triggers the open ones by [Trigger.Key]
/// @param judged how often what a source foretold came true, by kind and source
/// @param triggered when triggers fired lately, by family
/// @param history what began to be wrong where, the newest last
public record Sensed(
    Map<Hash, AlertState> alerts,
    Map<ServiceId, Set<Hash>> alertsOf,
    Map<ServiceId, Instant> cleared,
    List<Instant> onsets,
    Optional<Storm> storm,
    Map<Edge, Map<String, Instant>> calls,
    Map<ServiceId, List<Change>> changes,
    Map<SloId, SloReading> slos,
    Map<String, Trigger> triggers,
    Map<String, Judged> judged,
    Map<Trigger.Family, List<Instant>> triggered,
    List<Onset> history) {
  /// More at once are refused, and their sources told so.
  public static final int ALERTS_MAX = 10_000;

  /// @param perMinute when it began
  /// @param alerts how many began since
  public record Storm(Instant since, int perMinute, long alerts) {}

  /// A diagnosis was made of a service.
  public record Onset(ServiceId service, DiagnosisKind diagnosis, Instant at) {}

  /// @param came how many came true
  /// @param not how many did not
  /// @param averted how many cannot be judged, since somebody acted before
  /// @param missed what came and was not foretold
  /// @param leadSeconds by how much those that came true were early, all together
  public record Judged(int came, int not, int averted, int missed, long leadSeconds) {
    public static final Judged NONE = new Judged(0, 0, 0, 0, 0);

    Judged with(Trigger.Outcome outcome, Optional<Duration> lead) {
      long early = leadSeconds + lead.map(Duration::toSeconds).orElse(0L);
      return switch (outcome) {
        case CAME_TRUE -> new Judged(came + 1, not, averted, missed, early);
        case DID_NOT -> new Judged(came, not + 1, averted, missed, early);
        case AVERTED -> new Judged(came, not, averted + 1, missed, early);
      };
    }

    Judged withMissed() {
      return new Judged(came, not, averted, missed + 1, leadSeconds);
    }

    /// The share that came true, with one of each assumed beforehand (Laplace's rule).
    public double precision() {
      return (came + 1.0) / (came + not + 2.0);
    }

    /// The share of what came that was foretold; empty while nothing came.
    public OptionalDouble recall() {
      return came + missed == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) came / (came + missed));
    }

    /// How early those that came true were in the mean; empty while none did.
    public Optional<Duration> lead() {
      return came == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(leadSeconds / came));
    }
  }

  public static final Sensed NOTHING =
      new Sensed(
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of());

  public List<AlertState> alertsOf(ServiceId service) {
    return alertsOf.getOrDefault(service, Set.of()).stream()
        .sorted()
        .map(alerts::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /// How much began within the time before, at most [Sensing.Storm#MOST_ONSETS].
  public int onsets(Instant now, Duration within) {
    Instant since = now.minus(within);
    int count = 0;
    for (int i = onsets.size() - 1; i >= 0 && onsets.get(i).isAfter(since); i--) {
      count++;
    }
    return count;
  }

  public Judged judged(Trigger.Kind kind, String source) {
    return judged.getOrDefault(kind + "/" + source, Judged.NONE);
  }
}
