package io.grace.intelligence.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a playbook has earned for one service and diagnosis. *Immutable.*
///
/// @param success what is believed of its chance
/// @param recovery what is believed of recovering without it
/// @param harm expected chance that it makes things worse
public record Trust(Belief success, Belief recovery, double harm, Evidence evidence) {
  /// What must be shown, in numbers.
  ///
  /// @param known least outcomes that are known
  /// @param low least lower end of the 90 % interval of the chance of success
  /// @param credit least lower end less the upper end of recovering alone: below it, nothing says
  ///   that the playbook heals at all
  /// @param harm most expected chance of harm
  /// @param sinceHarm least successes after a harm
  /// @param missing most share of decisions whose outcome never came
  public record Criteria(
      int known, double low, double credit, double harm, int sinceHarm, double missing) {
    public static final Criteria DEFAULT = new Criteria(10, 0.7, 0.1, 0.05, 10, 0.2);

    public Criteria {
      Situation.share("low", low);
      Situation.share("credit", credit);
      Situation.share("harm", harm);
      Situation.share("missing", missing);
      if (known < 1 || sinceHarm < 1) {
        throw new IllegalArgumentException(
            "known and since harm must be at least 1: " + known + ", " + sinceHarm);
      }
    }
  }

  /// What follows.
  public enum Standing {
    /// Every criterion is met.
    PROMOTED,
    /// Not yet, or no more.
    NOT_YET,
    /// It harmed, and has not shown since that it does not: at once, whatever else it has shown.
    DEMOTED
  }

  /// @param lines one a criterion: what was found and what was wanted
  public record Judgement(Standing standing, List<String> lines) {
    public Judgement {
      lines = List.copyOf(lines);
    }
  }

  public Judgement judge(Criteria wanted) {
    var lines = new ArrayList<String>();
    int decided = evidence.known() + evidence.missing();
    double missing = decided == 0 ? 0 : (double) evidence.missing() / decided;
    boolean isMet = atLeast(lines, "known outcomes", evidence.known(), wanted.known());
    isMet &= atLeast(lines, "chance of success at least", success.low(), wanted.low());
    isMet &=
        atLeast(lines, "above recovering alone", success.low() - recovery.high(), wanted.credit());
    isMet &= atMost(lines, "expected harm", harm, wanted.harm());
    isMet &= atMost(lines, "share of unknown outcomes", missing, wanted.missing());
    boolean isForgiven =
        evidence.harmed() == 0
            || atLeast(lines, "successes since harm", evidence.sinceHarm(), wanted.sinceHarm());
    Standing standing =
        !isForgiven ? Standing.DEMOTED : isMet ? Standing.PROMOTED : Standing.NOT_YET;
    return new Judgement(standing, lines);
  }

  private static boolean atLeast(List<String> lines, String what, double found, double wanted) {
    lines.add(String.format(Locale.ROOT, "%s: %.4g, wanted %.4g or more", what, found, wanted));
    return found >= wanted;
  }

  private static boolean atMost(List<String> lines, String what, double found, double wanted) {
    lines.add(String.format(Locale.ROOT, "%s: %.4g, wanted %.4g or less", what, found, wanted));
    return found <= wanted;
  }
}
