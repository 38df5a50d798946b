package io.grace.domains.security;

import io.grace.domains.security.sigma.Event;
import io.grace.domains.security.sigma.LogSource;
import io.grace.domains.security.sigma.Sigma;
import io.grace.domains.security.sigma.Unusable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// A log that is followed, and how its lines are read. *Guarded by the domain's lock.*
///
/// @param from where its events come from, as rules name it
/// @param timeField of JSON events; empty if the time of reading counts
record Source(String name, LineSource lines, Form form, LogSource from, String timeField) {
  /// An event's own time counts only near the time of reading: a log may be late, and may lie.
  private static final Duration MOST_LATE = Duration.ofHours(1);

  private static final Duration MOST_EARLY = Duration.ofMinutes(5);

  enum Form {
    AUTH,
    JSON
  }

  /// What journald calls the fields that a line of syslog has.
  private static final List<List<String>> JOURNALD =
      List.of(
          List.of("MESSAGE", "message"),
          List.of("_HOSTNAME", "host"),
          List.of("SYSLOG_IDENTIFIER", "program"),
          List.of("_PID", "pid"));

  /// Fields of journald that are asked for.
  static List<String> journaldFields() {
    return JOURNALD.stream().map(List::getFirst).toList();
  }

  /// @throws Unusable if the line is not in the log's form
  void fill(Sigma engine, Event event, byte[] bytes, int offset, int length) throws Unusable {
    switch (form) {
      case AUTH -> {
        event.begin(from);
        AuthLine.fill(event, new String(bytes, offset, length, StandardCharsets.UTF_8));
      }
      case JSON -> {
        engine.fill(event, from, bytes, offset, length);
        for (List<String> names : JOURNALD) {
          event.text(names.getFirst()).ifPresent(value -> event.add(names.getLast(), value));
        }
        if (event.text("program").filter(p -> p.startsWith("sshd")).isPresent()) {
          AuthLine.sshd(event, event.text("message").orElse(""));
        }
      }
    }
  }

  Instant time(Event event, Instant now) {
    if (timeField.isEmpty()) {
      return now;
    }
    Optional<Instant> told = event.text(timeField).flatMap(Source::instant);
    return told.filter(at -> at.isAfter(now.minus(MOST_LATE)) && at.isBefore(now.plus(MOST_EARLY)))
        .orElse(now);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
