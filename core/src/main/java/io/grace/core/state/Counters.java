package io.grace.core.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the scheduler did, counted from the events themselves. *Immutable.*
///
/// @param skipped by the rule that stood in the way
/// @param outcomes of runs, by outcome
public record Counters(
    long proposed,
    long admitted,
    long deferred,
    SortedMap<String, Long> skipped,
    SortedMap<String, Long> outcomes) {
  public static final Counters NONE = new Counters(0, 0, 0, new TreeMap<>(), new TreeMap<>());

  public Counters {
    skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
    outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
  }

  Counters withProposed() {
    return new Counters(proposed + 1, admitted, deferred, skipped, outcomes);
  }

  Counters withAdmitted() {
    return new Counters(proposed, admitted + 1, deferred, skipped, outcomes);
  }

  Counters withDeferred() {
    return new Counters(proposed, admitted, deferred + 1, skipped, outcomes);
  }

  Counters withSkipped(String rule) {
    var next = new TreeMap<>(skipped);
    next.merge(rule, 1L, Long::sum);
    return new Counters(proposed, admitted, deferred, next, outcomes);
  }

  Counters withOutcome(String outcome) {
    var next = new TreeMap<>(outcomes);
    next.merge(outcome, 1L, Long::sum);
    return new Counters(proposed, admitted, deferred, skipped, next);
  }
}
