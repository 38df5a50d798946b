package io.grace.runtime.judgement;

import io.grace.intelligence.pattern.Rule;
import java.time.Duration;

/// One thing follows another more often than by chance. *Immutable.*
///
/// @param precision how often it will be right, in (0, 1)
/// @param cases in which the cause came, older ones counted less; `followed` of them by the effect,
///   where `byChance` would have been
/// @param within nine in ten effects came by then
/// @param q the share of rules as sure as this that may be chance
/// @param sentence for people
public record Pattern(
    String cause,
    String effect,
    double precision,
    double cases,
    double followed,
    double byChance,
    Duration within,
    double q,
    String sentence) {
  static Pattern of(Rule r) {
    return new Pattern(
        r.cause(),
        r.effect(),
        r.precision(),
        r.cases(),
        r.followed(),
        r.byChance(),
        Duration.ofSeconds(Math.round(r.mostSeconds())),
        r.q(),
        r.sentence());
  }
}
