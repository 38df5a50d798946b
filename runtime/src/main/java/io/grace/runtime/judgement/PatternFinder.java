package io.grace.runtime.judgement;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.event.Sighting.TriggerFired;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Trigger;
import io.grace.core.model.Trigger.Kind;
import io.grace.core.spi.ReportSource;
import io.grace.core.state.Sensed.Onset;
import io.grace.intelligence.pattern.MinerSettings;
import io.grace.intelligence.pattern.Prediction;
import io.grace.intelligence.pattern.RuleMiner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Learns from what is recorded what follows what, across services, and foretells the rest once the
/// first was seen. *Thread-safe.*
public final class PatternFinder implements ReportSource {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /// Testing all pairs costs milliseconds, and rules do not come and go faster.
  private static final Duration REVIEWED_EVERY = Duration.ofMinutes(5);

  /// Nothing depends on where: what happens to one service may follow what happens to another.
  private static final int EVERYWHERE = 0;

  /// What happened at which time, waiting to be counted.
  private record Happened(Instant at, String kind) {}

  private final ConcurrentLinkedQueue<Happened> news = new ConcurrentLinkedQueue<>();

  // Guarded by this.
  private final RuleMiner miner;
  private Instant newest;
  private Instant reviewed = Instant.EPOCH;

  private PatternFinder(RuleMiner miner, Instant newest) {
    this.miner = miner;
    this.newest = newest;
  }

  /// One that knows nothing yet.
  public static PatternFinder fresh() {
    return new PatternFinder(new RuleMiner(MinerSettings.DEFAULT), Instant.EPOCH);
  }

  /// One that goes on where another one was.
  ///
  /// @throws IllegalArgumentException if the bytes are no state of one, or of another version
  public static PatternFinder of(byte[] bytes) {
    if (bytes.length < Long.BYTES) {
      throw new IllegalArgumentException("must begin with a time: " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Instant newest = Instant.ofEpochMilli(buffer.getLong());
    byte[] state = new byte[buffer.remaining()];
    buffer.get(state);
    return new PatternFinder(RuleMiner.of(state), newest);
  }

  /// All that it knows.
  public synchronized byte[] bytes() {
    count();
    byte[] state = miner.bytes();
    return ByteBuffer.allocate(Long.BYTES + state.length)
        .putLong(newest.toEpochMilli())
        .put(state)
        .array();
  }

  /// What was recorded before it listened.
  public synchronized void hear(List<Onset> history) {
    history.stream()
        .filter(onset -> onset.at().isAfter(newest))
        .forEach(onset ->
            news.add(new Happened(onset.at(), kind(onset.service(), onset.diagnosis().value()))));
  }

  /// Takes what is recorded; quick.
  public void accept(List<Event> events) {
    for (Event event : events) {
      switch (event) {
        case IncidentDiagnosed e ->
            news.add(
                new Happened(e.at(), kind(e.diagnosis().service(), e.diagnosis().kind().value())));
        case ChangeSeen e ->
            news.add(
                new Happened(
                    e.at(),
                    kind(
                        e.change().service(),
                        "change " + e.change().kind().name().toLowerCase(Locale.ROOT))));
        case TriggerFired(Trigger t, Instant at)
            when t.kind() == Kind.ML_ANOMALY_DETECTED && t.service().isPresent() ->
            news.add(new Happened(at, kind(t.service().get(), t.source())));
        default -> {}
      }
    }
  }

  private static String kind(ServiceId service, String what) {
    return service + " " + what;
  }

  @Override
  public String name() {
    return "patterns";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public synchronized List<Report> collect(Instant now) {
    count();
    if (!now.isBefore(reviewed.plus(REVIEWED_EVERY))) {
      miner.review(seconds(now));
      reviewed = now;
    }
    var found = new ArrayList<Report>();
    for (Prediction prediction : miner.predictions(seconds(now))) {
      trigger(prediction, now).ifPresent(t -> found.add(new Report.Found(t)));
    }
    return found;
  }

  /// The rules that hold, the surest first.
  public synchronized List<Pattern> rules() {
    return miner.rules().stream().map(Pattern::of).toList();
  }

  /// Only sickness can be judged when its time is up.
  private Optional<Trigger> trigger(Prediction prediction, Instant now) {
    String effect = prediction.rule().effect();
    int space = effect.indexOf(' ');
    Instant until = Instant.ofEpochMilli((long) (prediction.bySecond() * 1_000));
    if (effect.startsWith("change ", space + 1) || !until.isAfter(now)) {
      return Optional.empty();
    }
    return Optional.of(
        new Trigger(
            Kind.PATTERN_DETECTED,
            "pattern " + prediction.rule().cause(),
            Optional.of(new ServiceId(effect.substring(0, space))),
            prediction.precision(),
            prediction.rule().sentence(),
            now,
            until));
  }

  private void count() {
    for (Happened h = news.poll(); h != null; h = news.poll()) {
      miner.offer(seconds(h.at()), h.kind(), EVERYWHERE);
      newest = h.at().isAfter(newest) ? h.at() : newest;
    }
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1e3;
  }
}
