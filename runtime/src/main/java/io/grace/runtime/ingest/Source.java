package io.grace.runtime.ingest;

import io.grace.core.model.Report;
import io.grace.core.model.Signal;
import io.grace.core.model.SourceId;
import io.grace.core.spi.Secrets;
import io.grace.runtime.config.SourceConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// One source that pushes: proves who it is, and reads what it sends. *Thread-safe.*
public final class Source {
  /// Events whose second delivery is noticed; the oldest are forgotten first.
  private static final int EVENTS_REMEMBERED = 10_000;

  /// What a delivery holds.
  public record Delivery(List<Report> reports, List<Signal> signals) {
    public Delivery {
      reports = List.copyOf(reports);
      signals = List.copyOf(signals);
    }
  }

  /// @param contentType as it was sent, without what it is encoded with
  /// @param headers by name in lower case
  public record Request(String contentType, Map<String, String> headers, byte[] body) {}

  private final SourceConfig config;
  private final Credential credential;
  private final AlertRules rules;
  private final Optional<CelMapping> mapping;
  private final Optional<OtlpMetrics> otlp;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder unreadable = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > EVENTS_REMEMBERED;
        }
      };

  private volatile Instant lastHeard;

  /// @param now counts as the first sign of life
  public Source(SourceConfig config, Secrets secrets, Instant now) {
    this.config = config;
    this.credential = new Credential(config.auth(), secrets);
    this.rules = new AlertRules(config);
    this.mapping =
        config.mapping().isEmpty()
            ? Optional.empty()
            : Optional.of(new CelMapping(config.mapping()));
    this.otlp =
        config.kind() == SourceConfig.Kind.OTLP
            ? Optional.of(new OtlpMetrics(config))
            : Optional.empty();
    this.lastHeard = now;
  }

  public SourceId id() {
    return config.id();
  }

  public SourceConfig.Kind kind() {
    return config.kind();
  }

  public boolean proves(Request request, Instant now) {
    return credential.proves(request.headers(), request.body(), now);
  }

  /// What is in a delivery; a sign of life, if it can be read.
  public Delivery read(Request request, Instant now) throws Unreadable {
    try {
      Delivery delivery =
          switch (config.kind()) {
            case ALERTMANAGER -> alertmanager(request.body(), now);
            case JSON ->
                new Delivery(
                    reports(mapping.orElseThrow().read(Body.json(request.body()), now), now),
                    List.of());
            case CLOUDEVENTS -> cloudEvents(request, now);
            case OTLP -> new Delivery(List.of(), otlp.orElseThrow().read(request, now));
          };
      accepted.increment();
      lastHeard = now;
      return delivery;
    } catch (Unreadable e) {
      unreadable.increment();
      throw e;
    }
  }

  private Delivery alertmanager(byte[] body, Instant now) throws Unreadable {
    var delivery = AlertmanagerWebhook.read(body, now);
    var reports = new ArrayList<>(reports(delivery.alerts(), now));
    if (delivery.truncated() > 0) {
      reports.add(rules.truncated(delivery.truncated(), delivery.group(), now));
    }
    return new Delivery(reports, List.of());
  }

  private Delivery cloudEvents(Request request, Instant now) throws Unreadable {
    var reports = new ArrayList<Report>();
    for (var event : CloudEvents.read(request.contentType(), request.headers(), request.body())) {
      List<Report> told = reports(mapping.orElseThrow().read(event.node(), now), now);
      if (isFirst(event.key())) {
        reports.addAll(told);
      }
    }
    return new Delivery(reports, List.of());
  }

  private boolean isFirst(String key) {
    lock.lock();
    try {
      return seen.put(key, true) == null;
    } finally {
      lock.unlock();
    }
  }

  private List<Report> reports(List<Told> told, Instant now) throws Unreadable {
    var reports = new ArrayList<Report>(told.size());
    for (Told one : told) {
      reports.add(rules.report(one, now));
    }
    return reports;
  }

  /// Whether it was silent for longer than is expected of it; empty if nothing is.
  public Optional<Boolean> isDead(Instant now) {
    return config.expectEvery().map(limit -> isSilentFor(limit, now));
  }

  private boolean isSilentFor(Duration limit, Instant now) {
    return now.isAfter(lastHeard.plus(limit));
  }

  public Instant lastHeard() {
    return lastHeard;
  }

  public long accepted() {
    return accepted.sum();
  }

  public long unreadable() {
    return unreadable.sum();
  }
}
