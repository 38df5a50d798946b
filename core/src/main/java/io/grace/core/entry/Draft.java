package io.grace.core.entry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What is to be recorded, before the journal gives it its place and its hash. *Immutable.*
///
/// @param at microseconds precision; finer digits are refused, since they would not survive storage
/// @param actor who caused it: `grace` or a person's name
/// @param kind the event's kind, such as `run.proposed`
/// @param subject what it is about: a run, an incident, a service, or `grace` itself
/// @param payload canonical JSON (RFC 8785)
public record Draft(Instant at, String actor, String kind, String subject, String payload) {
  public Draft {
    requireNonNull(payload);
    if (!at.equals(at.truncatedTo(ChronoUnit.MICROS))) {
      throw new IllegalArgumentException("journal time must be whole microseconds: " + at);
    }
    if (actor.isEmpty() || kind.isEmpty() || subject.isEmpty()) {
      throw new IllegalArgumentException("actor, kind and subject must not be empty: " + kind);
    }
  }
}
