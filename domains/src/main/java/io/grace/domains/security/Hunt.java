package io.grace.domains.security;

import io.grace.domains.security.Subject.Kind;
import io.grace.domains.security.sigma.Event;
import io.grace.domains.security.sigma.Firing;
import io.grace.domains.security.sigma.Level;
import io.grace.domains.security.sigma.LogSourceMap;
import io.grace.domains.security.sigma.RuleSet;
import io.grace.domains.security.sigma.Sigma;
import io.grace.domains.security.sigma.Unusable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /// What logs in the common schema and sshd call the outcome of a call.
  private static final List<String> OUTCOME = List.of("outcome", "event.outcome");

  private static final int MOST_REJECTIONS_LOGGED = 20;

  private final Sigma engine;
  private final Event event;
  private final List<Source> sources;
  private final Map<Kind, List<String>> subjects;
  private final Callers callers;
  private final DetectionStore alerts;
  private final Set<String> failing = new HashSet<>();
  private long events;
  private long unreadable;

  private Hunt(
      Sigma engine,
      List<Source> sources,
      Map<Kind, List<String>> subjects,
      Callers callers,
      DetectionStore alerts) {
    this.engine = engine;
    this.event = engine.event();
    this.sources = sources;
    this.subjects = subjects;
    this.callers = callers;
    this.alerts = alerts;
  }

  /// @throws IOException if rules or log sources cannot be read; a single rule that cannot be used
  ///   is logged and left out
  static Hunt open(
      SecuritySettings settings, List<Source> sources, Callers callers, DetectionStore alerts)
      throws IOException {
    RuleSet rules =
        RuleSet.read("built-in", resource("rules.yaml"), settings.rules(), settings.placeholders());
    rules.rejections().stream()
        .limit(MOST_REJECTIONS_LOGGED)
        .forEach(one ->
            LOG.atWarn()
                .addKeyValue("rule", one.file())
                .addKeyValue("reason", one.reason())
                .log("a rule is not used"));
    Set<String> fields = new HashSet<>(OUTCOME);
    settings.subjects().values().forEach(fields::addAll);
    fields.addAll(Source.journaldFields());
    fields.addAll(List.of("message", "host", "program", "pid", "src_ip", "user", "method"));
    sources.forEach(source -> fields.add(source.timeField()));
    try {
      Optional<Path> own = settings.logSources();
      LogSourceMap map = LogSourceMap.read(resource("logsources.yaml"));
      if (own.isPresent()) {
        map = LogSourceMap.read(Files.readString(own.get())).with(map);
      }
      return new Hunt(Sigma.of(rules, map, fields), sources, settings.subjects(), callers, alerts);
    } catch (Unusable e) {
      throw new IOException("the rules or log sources cannot be used: " + e.getMessage(), e);
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = Hunt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name + " beside " + Hunt.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
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
    engine.close(now.toEpochMilli(), firing -> alert(firing, "correlation", now, false));
  }

  private void take(Source source, byte[] bytes, int offset, int length, Instant now) {
    if (length == 0) {
      return;
    }
    events++;
    try {
      source.fill(engine, event, bytes, offset, length);
    } catch (Unusable _) {
      unreadable++;
      return;
    }
    Instant at = source.time(event, now);
    named(Kind.CALLER).ifPresent(caller -> callers.saw(caller.value(), isSuccess(), now));
    engine.take(event, at.toEpochMilli(), firing -> alert(firing, source.name(), now, true));
  }

  private boolean isSuccess() {
    return OUTCOME.stream()
        .anyMatch(field -> event.text(field).filter("success"::equals).isPresent());
  }

  /// @param hasEvent whether the event in hand is what made it fire
  private void alert(Firing firing, String source, Instant now, boolean hasEvent) {
    Set<Subject> about = new HashSet<>();
    for (Map.Entry<Kind, List<String>> one : subjects.entrySet()) {
      Optional<Subject> subject =
          hasEvent ? named(one.getKey()) : first(one.getValue(), firing.group(), one.getKey());
      subject.ifPresent(about::add);
    }
    about.stream()
        .filter(subject -> subject.kind() == Kind.CALLER)
        .filter(_ -> firing.rule().level().isAtLeast(Level.MEDIUM))
        .forEach(subject -> callers.suspect(subject.value()));
    alerts.add(now, source, firing.rule(), about, hasEvent ? event.shown() : firing.group());
  }

  private Optional<Subject> named(Kind kind) {
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
