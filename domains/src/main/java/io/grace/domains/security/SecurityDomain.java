package io.grace.domains.security;

import io.grace.core.model.ActionSpec;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.domains.security.QuarantineList.Entry;
import io.grace.domains.security.Subject.Kind;
import io.grace.domains.security.sigma.AddressRange;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.loop.Listening;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The hunter at work. It reads logs when it is asked to measure, and isolates only for a warrant.
/// *Thread-safe.*
public final class SecurityDomain implements Domain, Quarantine {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration VELOCITY = Duration.ofMinutes(1);
  private static final int MOST_ABSOLVED = 1_000;

  private final House house;
  private final Duration window;
  private final Sensitivity sensitivity;
  private final QuarantineList list;
  private final Isolation isolation;
  private final Callers callers;
  private final DetectionStore alerts;
  private final Hunt hunt;

  /// Empty where there are no memories to learn from.
  private final Optional<Learner> learner;

  private final AuditTrail audit;
  private final Hands hands;
  private final ReentrantLock lock = new ReentrantLock();

  /// Whom alerts up to then do not concern any more; guarded by the lock.
  private final Map<Subject, Instant> absolved = new HashMap<>();

  private Optional<Listening> listening = Optional.empty();

  private SecurityDomain(
      SecuritySettings settings, House house, List<ActionSpec> actions, QuarantineList list)
      throws IOException {
    this.house = house;
    this.list = list;
    window = settings.window();
    sensitivity = Sensitivity.open(house.directory().resolve("sensitivity"), settings.isolateAt());
    isolation = new Isolation(list, settings.networkPolicy(), settings.processes());
    callers = settings.callers(list);
    alerts = new DetectionStore();
    audit = new AuditTrail();
    List<Source> sources = settings.sources(audit);
    Rulebook rulebook = Rulebook.read(settings, sources);
    hunt = new Hunt(rulebook.watch(), sources, settings.subjects(), callers, alerts);
    learner =
        house
            .memories()
            .map(memories ->
                new Learner(memories, rulebook, settings.learnEvery(), house.clock(), hunt::learn));
    hands = Hands.of(SecurityKind.NAME, actions, new SecurityDeeds(new Means()), house.directory());
  }

  static SecurityDomain open(SecuritySettings settings, House house, List<ActionSpec> actions)
      throws IOException {
    var list = QuarantineList.open(house.directory().resolve("quarantine.log"));
    var domain = new SecurityDomain(settings, house, actions, list);
    domain.learner.ifPresent(Learner::start);
    return domain;
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(new Eye("domain security", INTERVAL, this::read));
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  @Override
  public boolean isBlocked(String caller) {
    boolean isBlocked = Subject.isUsable(caller) && list.holds(new Subject(Kind.CALLER, caller));
    if (isBlocked) {
      callers.refused(caller, house.clock().instant());
    }
    return isBlocked;
  }

  @Override
  public boolean isRevoked(String tokenName) {
    return Subject.isUsable(tokenName) && list.holds(new Subject(Kind.TOKEN, tokenName));
  }

  /// The newest alerts first.
  public List<Detection> detections(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return alerts.newest(most);
    } finally {
      lock.unlock();
    }
  }

  private List<Measured> read(Instant now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (listening.isEmpty()) {
        // Not before: while domains are opened there is nothing yet to listen to.
        listening = Optional.of(house.works().listen(audit::heard));
      }
      hunt.round(now);
      Instant since = now.minus(window);
      return List.of(
          new Measured(SecurityKind.DETECTOR, "threats_detected", threats(now).size()),
          new Measured(SecurityKind.DETECTOR, "logs_failing", hunt.failing()),
          new Measured(SecurityKind.ENGINE, "rules_learned", hunt.learned()),
          new Measured(SecurityKind.ENGINE, "rules_unusable", hunt.unusable()),
          new Measured(
              SecurityKind.ALERTS,
              "alert_velocity",
              alerts.perMinute(sensitivity.least(), now, VELOCITY)),
          new Measured(SecurityKind.QUARANTINE, "quarantine_rate", callers.isolatedRatio(since)),
          new Measured(SecurityKind.ENGINE, "false_positives", callers.wronged(since).size()));
    } finally {
      lock.unlock();
    }
  }

  /// Who is to be isolated; whom the team trusts never is.
  private Map<Subject, Detection> threats(Instant now) {
    Map<Subject, Detection> threats =
        alerts.threats(sensitivity.least(), now.minus(window), this::isFree);
    threats
        .entrySet()
        .removeIf(threat ->
            absolved.getOrDefault(threat.getKey(), Instant.MIN).isAfter(threat.getValue().at()));
    return threats;
  }

  private boolean isFree(Subject subject) {
    return !list.holds(subject)
        && isolation.canIsolate(subject)
        && !(subject.kind() == Kind.CALLER && callers.isTrusted(subject.value()));
  }

  private final class Means implements SecurityDeeds.Means {
    @Override
    public Result isolate(String batch, int most) throws InterruptedException {
      Instant now = house.clock().instant();
      List<Entry> wanted = new ArrayList<>();
      lock.lockInterruptibly();
      try {
        threats(now).entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<Subject, Detection> threat) -> threat.getValue().rule().level())
                    .reversed())
            .limit(most)
            .forEach(threat ->
                wanted.add(new Entry(threat.getKey(), batch, now, threat.getValue().why())));
      } finally {
        lock.unlock();
      }
      return wanted.isEmpty()
          ? new Result.Failed("there is no threat to isolate", false)
          : isolation.isolate(wanted);
    }

    @Override
    public Result expand(String batch, int prefix, int least) throws InterruptedException {
      Instant now = house.clock().instant();
      Map<String, Integer> blocked = new TreeMap<>();
      for (Entry entry : list.entries()) {
        if (entry.subject().kind() == Kind.CALLER) {
          AddressRange.network(entry.subject().value(), prefix)
              .ifPresent(network -> blocked.merge(network.toString(), 1, Integer::sum));
        }
      }
      List<Entry> wanted = new ArrayList<>();
      for (Map.Entry<String, Integer> one : blocked.entrySet()) {
        var network = new Subject(Kind.NETWORK, one.getKey());
        boolean isHome = QuarantineList.range(network).map(callers::isHome).orElse(true);
        if (one.getValue() >= least && !isHome && !list.holds(network)) {
          wanted.add(new Entry(network, batch, now, one.getValue() + " of it are isolated"));
        }
      }
      return wanted.isEmpty()
          ? new Result.Failed(
              "no network has " + least + " isolated callers and no good one", false)
          : isolation.isolate(wanted);
    }

    @Override
    public Result releaseBatch(String batch) throws InterruptedException {
      return release(entry -> entry.batch().equals(batch));
    }

    @Override
    public Result releaseTooWide() throws InterruptedException {
      Set<String> wronged = callers.wronged(house.clock().instant().minus(window));
      return release(entry -> wronged.stream().anyMatch(caller -> isolates(entry, caller)));
    }

    private static boolean isolates(Entry entry, String caller) {
      return switch (entry.subject().kind()) {
        case CALLER -> entry.subject().value().equals(caller);
        case NETWORK ->
            QuarantineList.range(entry.subject()).filter(range -> range.holds(caller)).isPresent();
        case TOKEN, PROCESS -> false;
      };
    }

    private Result release(Predicate<Entry> fits) throws InterruptedException {
      List<Entry> before = list.entries().stream().filter(fits).toList();
      if (before.isEmpty()) {
        return new Result.Failed("there is nobody to release", false);
      }
      Result result = isolation.release(before::contains);
      lock.lockInterruptibly();
      try {
        if (absolved.size() > MOST_ABSOLVED) {
          absolved.clear();
        }
        // Told of again they are isolated again, but not for what was known by now.
        Instant now = house.clock().instant();
        before.forEach(entry -> absolved.put(entry.subject(), now));
      } finally {
        lock.unlock();
      }
      return result;
    }

    @Override
    public Result tune(int by) {
      try {
        return sensitivity.move(by)
            ? new Result.Done("alerts ask for a deed from " + sensitivity.least().word() + " on")
            : new Result.Failed("sensitivity is moved at most by 2", false);
      } catch (IOException e) {
        return new Result.Failed("the sensitivity could not be kept: " + e.getMessage(), true);
      }
    }
  }

  @Override
  public void close() {
    learner.ifPresent(Learner::close);
    hunt.close();
    listening.ifPresent(Listening::close);
  }
}
