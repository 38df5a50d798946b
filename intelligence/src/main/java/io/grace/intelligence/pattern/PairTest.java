package io.grace.intelligence.pattern;

/// What the counts of one ordered pair say: the window in which it stands out most, and three tests
/// there. *Immutable.*
///
/// Each test fails on its own for another reason, so that the pair's p-value is the largest of
/// them: it is right if at least one is (Berger, *Multiparameter Hypothesis Testing and Acceptance
/// Sampling*, 1982).
///
/// @param step of the window, see [Counts#WINDOWS]
/// @param followed weighed down to now, as the rest
/// @param byChance that the hours of the day and the places explain
/// @param shuffled p-value of so many if both kept their hours but not their order
/// @param local p-value against the time just after the window, up to four horizons later: a storm
///   raises both
/// @param direction p-value of effects that follow causes being no more than causes that follow
///   effects; in a merged sequence of two kinds that do not care for each other both are equally
///   likely, whatever their rates
record PairTest(
    int cause,
    int effect,
    int step,
    double cases,
    double followed,
    double byChance,
    double shuffled,
    double local,
    double direction) {
  /// Above it nothing comes of a pair, and the other tests are not made.
  private static final double NOT_RARE = 0.05;

  /// @param least how often the effect must have followed within the horizon
  /// @return with p-values of 1 if it did not
  static PairTest of(Counts counts, int cause, int effect, double least) {
    int pair = cause * counts.kinds + effect;
    int back = effect * counts.kinds + cause;
    double[] first = counts.first[pair];
    double cases = counts.cases[pair] / counts.weight;
    double[] within = new double[Counts.STEPS];
    double sum = 0;
    for (int step = 0; step < Counts.STEPS; step++) {
      sum += first[step] / counts.weight;
      within[step] = sum;
    }
    if (sum < least) {
      return new PairTest(cause, effect, Counts.STEPS - 1, cases, sum, sum, 1, 1, 1);
    }
    double[] chance = counts.byChance(cause, effect);
    int best = Counts.STEPS - 1;
    double shuffled = 1;
    for (int step = 0; step < Counts.STEPS; step++) {
      // Below it no test would call it rare, and most pairs are.
      double rare = Math.max(least, chance[step] + Math.sqrt(chance[step]));
      double p = within[step] < rare ? 1 : Tails.poisson(within[step], chance[step]);
      // All may be as good as 0: then the window that has more of what follows.
      if (p < shuffled || p <= 1e-12 && within[step] - chance[step] > within[best] - chance[best]) {
        shuffled = p;
        best = step;
      }
    }
    if (shuffled > NOT_RARE) {
      return new PairTest(cause, effect, best, cases, within[best], chance[best], shuffled, 1, 1);
    }
    double local = local(counts, pair, best, within[best]);
    double backwards = 0;
    for (int step = 0; step <= best; step++) {
      backwards += counts.first[back][step] / counts.weight;
    }
    double direction = Tails.binomial(within[best], within[best] + backwards, 0.5);
    return new PairTest(
        cause, effect, best, cases, within[best], chance[best], shuffled, local, direction);
  }

  private static double local(Counts counts, int pair, int best, double followed) {
    double[] open = counts.open[pair / counts.kinds];
    double near = 0;
    double later = open[Counts.STEPS];
    double eventsLater = counts.far[pair];
    for (int step = 0; step < Counts.STEPS; step++) {
      if (step <= best) {
        near += open[step];
      } else {
        later += open[step];
        eventsLater += counts.every[pair][step];
      }
    }
    double all = followed + eventsLater / counts.weight;
    return Tails.binomial(followed, all, near / Math.max(1e-9, near + later));
  }

  /// Of the three, with a correction for the choice among the windows.
  double p() {
    return Math.min(1, Counts.STEPS * Math.max(Math.max(shuffled, local), direction));
  }

  /// Whether the cause may explain events of the effect, and so must be asked when others claim to.
  boolean mayExplain() {
    return Math.max(shuffled, local) <= NOT_RARE;
  }
}
