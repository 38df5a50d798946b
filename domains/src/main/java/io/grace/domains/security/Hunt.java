package io.grace.domains.security;

import io.grace.domains.security.Subject.Kind;
import io.grace.domains.security.sigma.Event;
import io.grace.domains.security.sigma.Firing;
import io.grace.domains.security.sigma.Level;
import io.grace.domains.security.sigma.Unusable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the logs and turns what fires into alerts. *Guarded by the domain's lock.*
final class Hunt {
  private static final Logger LOG = LoggerFactory.getLogger(Hunt.class);

  private final Watch own;
  private final List<Source> sources;
  private final Map<Kind, List<String>> subjects;
  private final Callers callers;
  private final DetectionStore alerts;
  private final Set<String> failing = new HashSet<>();
  private long events;
  private long unreadable;

  /// Owned by whoever learns; everything else is guarded.
  private volatile Optional<Watch> learned = Optional.empty();

  /// @param own the team's rules
  Hunt(
      Watch own,
      List<Source> sources,
      Map<Kind, List<String>> subjects,
      Callers callers,
      DetectionStore alerts) {
    this.own = own;
    this.sources = sources;
    this.subjects = subjects;
    this.callers = callers;
    this.alerts = alerts;
  }

  /// From now on these rules of others are watched with, and none before them.
  void learn(Optional<Watch> rules) {
    learned = rules;
  }

  /// How many rules are watched with that were learned.
  int learned() {
    return learned.map(watch -> watch.rules().size()).orElse(0);
  }

  /// How many rules of others could not be used, or are the team's already.
  int unusable() {
    return learned.map(watch -> watch.rules().rejections().size()).orElse(0);
  }

  /// Reads what came since.
  void round(Instant now) {
    for (Source source : sources) {
      try {
        source.lines().poll((bytes, offset, length) -> take(source, bytes, offset, length, now));
        failing.remove(source.name());
      } catch (IOException e) {
        if (failing.add(source.name())) {
          LOG.atWarn()
              .addKeyValue("source", source.name())
              .addKeyValue("why", e.getMessage())
              .log("a log cannot be read");
        }
      }
    }
    // What is learned has no correlations.
    own.engine().close(now.toEpochMilli(), firing -> alert(own, firing, "correlation", now, false));
  }

  private void take(Source source, byte[] bytes, int offset, int length, Instant now) {
    if (length == 0) {
      return;
    }
    events++;
    try {
      source.fill(own.engine(), own.event(), bytes, offset, length);
      Instant at = source.time(own.event(), now);
      named(own.event(), Kind.CALLER)
          .ifPresent(caller -> callers.saw(caller.value(), isSuccess(), now));
      watch(own, source, at, now);
      Optional<Watch> others = learned.filter(watch -> watch.rules().size() > 0);
      if (others.isPresent()) {
        // Read once more, since each has numbers of its own for the fields that it asks for.
        source.fill(others.get().engine(), others.get().event(), bytes, offset, length);
        watch(others.get(), source, at, now);
      }
    } catch (Unusable _) {
      unreadable++;
    }
  }

  private void watch(Watch watch, Source source, Instant at, Instant now) {
    watch
        .engine()
        .take(
            watch.event(),
            at.toEpochMilli(),
            firing -> alert(watch, firing, source.name(), now, true));
  }

  private boolean isSuccess() {
    return Rulebook.OUTCOME.stream()
        .anyMatch(field -> own.event().text(field).filter("success"::equals).isPresent());
  }

  /// @param hasEvent whether the event in hand is what made it fire
  private void alert(Watch watch, Firing firing, String source, Instant now, boolean hasEvent) {
    Set<Subject> about = new HashSet<>();
    for (Map.Entry<Kind, List<String>> one : subjects.entrySet()) {
      Optional<Subject> subject =
          hasEvent
              ? named(watch.event(), one.getKey())
              : first(one.getValue(), firing.group(), one.getKey());
      subject.ifPresent(about::add);
    }
    about.stream()
        .filter(subject -> subject.kind() == Kind.CALLER)
        .filter(_ -> firing.rule().level().isAtLeast(Level.MEDIUM))
        .forEach(subject -> callers.suspect(subject.value()));
    alerts.add(
        now,
        source,
        firing.rule(),
        watch.learnedFrom(firing.rule()),
        about,
        hasEvent ? watch.event().shown() : firing.group());
  }

  private Optional<Subject> named(Event event, Kind kind) {
    for (String field : subjects.getOrDefault(kind, List.of())) {
      Optional<String> value = event.text(field).filter(Subject::isUsable);
      if (value.isPresent()) {
        return Optional.of(new Subject(kind, value.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Subject> first(
      List<String> fields, Map<String, String> values, Kind kind) {
    return fields.stream()
        .filter(values::containsKey)
        .map(field -> values.getOrDefault(field, ""))
        .filter(Subject::isUsable)
        .map(value -> new Subject(kind, value))
        .findFirst();
  }

  /// How many logs cannot be read.
  int failing() {
    return failing.size();
  }

  long events() {
    return events;
  }

  /// How many lines were not in the form of their log.
  long unreadable() {
    return unreadable;
  }

  List<String> sources() {
    return new ArrayList<>(sources.stream().map(Source::name).toList());
  }

  void close() {
    sources.forEach(source -> {
      source.lines().close();
    });
  }
}
