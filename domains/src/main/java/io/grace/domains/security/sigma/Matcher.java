package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.LinearRegex.StepsExceeded;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds the rules that an event fits. Makes no garbage but in regular expressions. *Owned by one
/// thread.*
final class Matcher implements Automaton.Sink {
  private final RuleIndex index;
  private final Origins origins;
  private final Judge judge;

  /// What was found carries the number of the event, so that nothing has to be cleared.
  private int turn;

  /// By atom two numbers beside each other, since both are needed when it is found: the event that
  /// it was found in last, and where the rules begin that it announces.
  private final int[] seenAt;

  private final int[] announced;
  private final int[] judgedAt;
  private final boolean[] judged;
  private final int[] candidateAt;
  private final int[] candidates;
  private int candidateCount;
  private final int[] fitting;
  private int fittingCount;
  private boolean[] isOn = new boolean[0];
  private Event event;
  private long asked;
  private long givenUp;

  Matcher(RuleIndex index, LogSourceMap map) {
    this.index = index;
    this.origins = new Origins(index, map);
    this.judge = new Judge(index);
    this.event = new Event(index.fields);
    int atoms = index.atoms.length;
    int rules = index.rules.size();
    seenAt = new int[2 * atoms];
    for (int atom = 0; atom < atoms; atom++) {
      seenAt[2 * atom + 1] = index.announcedFrom[atom];
    }
    announced = index.announced;
    judgedAt = new int[atoms];
    judged = new boolean[atoms];
    candidateAt = new int[rules];
    candidates = new int[rules];
    fitting = new int[rules];
  }

  /// @return how many rules it fits; [#fitting] tells which
  int match(Event one) {
    find(one);
    fittingCount = 0;
    for (int i = 0; i < candidateCount; i++) {
      if (index.conditions[candidates[i]].holds(this)) {
        fitting[fittingCount++] = candidates[i];
      }
    }
    asked += candidateCount;
    return fittingCount;
  }

  /// Finds the rules that an event may fit, without judging them.
  ///
  /// @return how many
  int find(Event one) {
    event = one;
    if (++turn == Integer.MAX_VALUE) {
      for (int at = 0; at < seenAt.length; at += 2) {
        seenAt[at] = 0;
      }
      Arrays.fill(judgedAt, 0);
      Arrays.fill(candidateAt, 0);
      turn = 1;
    }
    candidateCount = 0;
    Origins.Kind kind = origins.of(one);
    isOn = kind.isOn();
    for (int i = 0; i < kind.aliases().length; i += 2) {
      one.alias(kind.aliases()[i], kind.aliases()[i + 1]);
    }
    for (int rule : kind.always()) {
      candidate(rule);
    }
    @Nullable FieldIndex[] asked = kind.texts();
    FieldIndex keywords = kind.keywords();
    if (keywords != null && keywords.isNowhere(one.chars(), one.used())) {
      keywords = null;
    }
    for (int slot = 0; slot < one.count(); slot++) {
      if (one.isNull(slot)) {
        continue;
      }
      int field = one.field(slot);
      FieldIndex texts = field < 0 ? null : asked[field];
      if (texts != null) {
        texts.scan(one.chars(), one.start(slot), one.end(slot), this);
      }
      if (keywords != null) {
        keywords.scan(one.chars(), one.start(slot), one.end(slot), this);
      }
    }
    return candidateCount;
  }

  /// Judges every rule that is about such events, announced or not, and asks each question of the
  /// event itself, whatever was found: slow, to check the index.
  int matchAll(Event one) {
    find(one);
    for (int atom = 0; atom < judged.length; atom++) {
      judgedAt[atom] = turn;
      judged[atom] = judgedNow(atom);
      boolean isSaidByFinding = index.isPlain[atom] && !judged[atom];
      seenAt[2 * atom] = isSaidByFinding ? 0 : turn;
    }
    fittingCount = 0;
    for (int rule = 0; rule < index.conditions.length; rule++) {
      if (isOn[rule] && index.conditions[rule].holds(this)) {
        fitting[fittingCount++] = rule;
      }
    }
    return fittingCount;
  }

  /// The number of a rule that the event fits.
  int fitting(int i) {
    return fitting[i];
  }

  @Override
  public void found(int atom) {
    int at = 2 * atom;
    if (seenAt[at] == turn) {
      return;
    }
    seenAt[at] = turn;
    int next = seenAt[at + 1];
    if (next >= 0) {
      announce(next);
    }
  }

  private void announce(int from) {
    int next = from;
    int rule = announced[next];
    while (rule >= 0) {
      if (isOn[rule]) {
        candidate(rule);
      }
      rule = announced[++next];
    }
    if (isOn[~rule]) {
      candidate(~rule);
    }
  }

  private void candidate(int rule) {
    if (candidateAt[rule] != turn) {
      candidateAt[rule] = turn;
      candidates[candidateCount++] = rule;
    }
  }

  boolean holds(int atom) {
    if (index.isAnnounced[atom] && seenAt[2 * atom] != turn) {
      return false;
    }
    if (index.isPlain[atom]) {
      return true;
    }
    if (judgedAt[atom] != turn) {
      judgedAt[atom] = turn;
      judged[atom] = judgedNow(atom);
    }
    return judged[atom];
  }

  private boolean judgedNow(int atom) {
    try {
      return judge.holds(atom, event);
    } catch (StepsExceeded _) {
      givenUp++;
      return false;
    }
  }

  /// How many rules were judged, of all events.
  long asked() {
    return asked;
  }

  /// How often a regular expression took too many steps and counted as not found.
  long givenUp() {
    return givenUp;
  }
}
