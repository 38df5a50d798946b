package io.grace.intelligence.ranking;

import java.util.Locale;

/// Why a candidate has its place, in words. *Stateless.*
final class Reason {
  private Reason() {}

  /// In the static ranking.
  static Ranked claimed(Candidate c, Candidate leader) {
    boolean isFirst = c.equals(leader);
    return new Ranked(
        c.playbook(),
        new Belief(c.prior(), 0),
        c.prior(),
        0,
        isFirst ? 1 : 0,
        String.format(
            Locale.ROOT,
            "static ranking: its author claims %.2f, %s",
            c.prior(),
            isFirst
                ? "the most"
                : String.format(Locale.ROOT, "%s %.2f", leader.playbook(), leader.prior())));
  }

  static String of(Candidate c, Belief success, double credit, double harm, Evidence seen) {
    return String.format(
        Locale.ROOT,
        "expected %.2f (%.2f to %.2f) here, %+.2f against recovering alone, from a claimed %.2f;"
            + " on this service %d succeeded, %d failed, %d harmed, %d unknown;"
            + " harms in %.1f %%",
        success.chance(),
        success.low(),
        success.high(),
        credit,
        c.prior(),
        seen.succeeded(),
        seen.failed(),
        seen.harmed(),
        seen.missing(),
        100 * harm);
  }

  static String chosen(double propensity) {
    return String.format(Locale.ROOT, "; chosen with probability %.3f", propensity);
  }

  static String tooHarmful(Candidate leader, double harm) {
    return String.format(
        Locale.ROOT,
        "; not chosen, since %s, first of the static ranking, harms in %.1f %%",
        leader.playbook(),
        100 * harm);
  }
}
