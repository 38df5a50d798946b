package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The chance of success of a playbook in a situation: log odds of its prior plus what all
/// playbooks, the playbook for the diagnosis, that on the kind of service, and that on the service
/// add, each linear in the situation (multilevel logistic regression: Gelman & Hill, *Data Analysis
/// Using Regression and Multilevel/Hierarchical Models*, 2007, ch. 14). *Owned by one thread.*
///
/// Each outcome is learnt once, in O(1): the sum is updated by Laplace's approximation and each
/// term takes the part that its variance is of the whole; correlations between members are dropped
/// (assumed-density filtering: Minka, *A Family of Algorithms for Approximate Bayesian Inference*,
/// 2001, ch. 3). Several such models, which differ in whether they look at the situation and how
/// fast they forget, are weighted by how well each foretold outcomes (Raftery, Kárný & Ettler,
/// *Online Prediction under Model Uncertainty via Dynamic Model Averaging*, Technometrics 52, 2010,
/// § 3).
final class Effects {
  private static final double DAY = 86_400;

  /// Days until half is forgotten, with and without the situation.
  private static final double[] HALF_LIVES = {30, 365, 30, 365};

  private static final boolean[] SEES_SITUATION = {false, false, true, true};
  private static final int MODELS = HALF_LIVES.length;

  /// How slowly trust in a model is forgotten: α of the paper, whose own value is 0.99.
  private static final double PATIENCE = 0.99;

  private static final double LEAST_WEIGHT = 1e-4;

  /// Prior standard deviations of log odds. A logit of 1 is what an expert's guess of a chance is
  /// usually off by, and kinds of service differ as much; the situation, over its nine terms, is
  /// expected to explain half of that, a single service beside its kind a quarter.
  private enum Layer {
    GLOBAL(0.3, 0.15),
    PLAYBOOK(1, 0.35),
    KIND(1, 0.2),
    SERVICE(0.5, 0);

    final double level;
    final double slope;

    Layer(double level, double slope) {
      this.level = level;
      this.slope = slope;
    }

    double[] prior(boolean seesSituation) {
      int size = !seesSituation || slope == 0 ? 1 : this == GLOBAL ? Inputs.ALL : Inputs.SITUATION;
      var prior = new double[size];
      Arrays.fill(prior, slope * slope);
      prior[0] = level * level;
      return prior;
    }
  }

  private static final double[][][] PRIORS = new double[Layer.values().length][MODELS][];

  static {
    for (Layer layer : Layer.values()) {
      for (int m = 0; m < MODELS; m++) {
        PRIORS[layer.ordinal()][m] = layer.prior(SEES_SITUATION[m]);
      }
    }
  }

  /// A member: its effect under each model, and the watch over its outcomes.
  private static final class Member {
    final Effect[] effects = new Effect[MODELS];
    final ChangePoint watch = new ChangePoint();

    Member(int layer, double now) {
      for (int m = 0; m < MODELS; m++) {
        effects[m] = new Effect(PRIORS[layer][m], HALF_LIVES[m] * DAY, now);
      }
    }
  }

  /// @param layer its place in the hierarchy
  private record Key(int layer, String diagnosis, String playbook, String owner) {}

  private final int mostMembers;
  private final LinkedHashMap<Key, Member> members = new LinkedHashMap<>(16, 0.75f, true);
  private final double[] weights = new double[MODELS];
  private long changes;

  /// @param mostMembers of the hierarchy; beyond it the one that was used least recently goes
  Effects(int mostMembers) {
    this.mostMembers = mostMembers;
    Arrays.fill(weights, 1.0 / MODELS);
  }

  long changes() {
    return changes;
  }

  int members() {
    return members.size();
  }

  private static Key key(Layer layer, Situation s, String playbook) {
    return switch (layer) {
      case GLOBAL -> new Key(0, "", "", "");
      case PLAYBOOK -> new Key(1, s.diagnosis(), playbook, "");
      case KIND -> new Key(2, s.diagnosis(), playbook, s.kind());
      case SERVICE -> new Key(3, s.diagnosis(), playbook, s.service());
    };
  }

  /// Mean and variance of the log odds under each model.
  ///
  /// @param inputs of the situation, see [Inputs]
  private double[][] odds(Situation s, Candidate c, double[] inputs, double now) {
    var odds = new double[MODELS][2];
    double prior = Odds.of(c.prior());
    for (double[] one : odds) {
      one[0] = prior;
    }
    for (Layer layer : Layer.values()) {
      Member member = members.get(key(layer, s, c.playbook()));
      for (int m = 0; m < MODELS; m++) {
        if (member == null) {
          odds[m][1] += variance(PRIORS[layer.ordinal()][m], inputs);
        } else {
          Effect effect = member.effects[m];
          effect.fade(now);
          odds[m][0] += effect.mean(inputs);
          odds[m][1] += effect.variance(inputs);
        }
      }
    }
    return odds;
  }

  private static double variance(double[] prior, double[] x) {
    double sum = 0;
    for (int i = 0; i < prior.length; i++) {
      sum += prior[i] * x[i] * x[i];
    }
    return sum;
  }

  /// What is believed of the chance that a playbook succeeds.
  Belief belief(Situation s, Candidate c, double now) {
    double[][] odds = odds(s, c, Inputs.of(s, c.impact()), now);
    double first = 0;
    double second = 0;
    for (int m = 0; m < MODELS; m++) {
      double[] moments = Odds.moments(odds[m][0], odds[m][1]);
      first += weights[m] * moments[0];
      second += weights[m] * moments[1];
    }
    return new Belief(first, Math.sqrt(Math.max(1e-12, second - first * first)));
  }

  /// Learns from a verified outcome.
  void learn(Situation s, Candidate c, boolean success, double now) {
    double[] x = Inputs.of(s, c.impact());
    var line = new Member[Layer.values().length];
    for (Layer layer : Layer.values()) {
      int at = layer.ordinal();
      line[at] = members.computeIfAbsent(key(layer, s, c.playbook()), k -> new Member(at, now));
    }
    double[][] odds = odds(s, c, x, now);
    reset(line, x, odds, success);
    weigh(odds, success);
    odds = odds(s, c, x, now);
    for (int m = 0; m < MODELS; m++) {
      double variance = odds[m][1];
      double mode = Odds.mode(odds[m][0], variance, success);
      double chance = Odds.chance(mode);
      double left = 1 / (1 / variance + chance * (1 - chance));
      for (Member member : line) {
        member.effects[m].learn(
            x, (mode - odds[m][0]) / variance, (variance - left) / (variance * variance));
      }
    }
    while (members.size() > mostMembers) {
      members.remove(members.firstEntry().getKey());
    }
  }

  /// Resets the first member, from the service up, of which what was learnt no longer holds: what
  /// changed for one service is not forgotten for all.
  private void reset(Member[] line, double[] x, double[][] odds, boolean success) {
    double learnt = chance(odds, success);
    for (int at = line.length - 1; at > 0; at--) {
      var without = new double[MODELS][2];
      for (int m = 0; m < MODELS; m++) {
        Effect effect = line[at].effects[m];
        without[m][0] = odds[m][0] - effect.mean(x);
        without[m][1] = odds[m][1] - effect.variance(x) + variance(PRIORS[at][m], x);
      }
      if (line[at].watch.sees(learnt, chance(without, success))) {
        changes++;
        for (Effect effect : line[at].effects) {
          effect.reset();
        }
        return;
      }
    }
  }

  /// Of one outcome, by all models together.
  private double chance(double[][] odds, boolean success) {
    double chance = 0;
    for (int m = 0; m < MODELS; m++) {
      chance += weights[m] * of(odds[m], success);
    }
    return chance;
  }

  private static double of(double[] odds, boolean success) {
    double chance = Odds.moments(odds[0], odds[1])[0];
    return Math.clamp(success ? chance : 1 - chance, LEAST_WEIGHT, 1);
  }

  /// Weighs the models by an outcome.
  private void weigh(double[][] odds, boolean success) {
    double sum = 0;
    for (int m = 0; m < MODELS; m++) {
      weights[m] = Math.pow(weights[m], PATIENCE) * of(odds[m], success);
      sum += weights[m];
    }
    for (int m = 0; m < MODELS; m++) {
      // A model that was wrong for long can still come back.
      weights[m] = LEAST_WEIGHT + (1 - MODELS * LEAST_WEIGHT) * weights[m] / sum;
    }
  }

  void write(Packing to) {
    to.wide(changes);
    to.doubles(weights);
    to.integer(members.size());
    for (Map.Entry<Key, Member> entry : members.entrySet()) {
      Key key = entry.getKey();
      to.integer(key.layer());
      to.text(key.diagnosis());
      to.text(key.playbook());
      to.text(key.owner());
      to.number(entry.getValue().watch.against);
      for (Effect effect : entry.getValue().effects) {
        effect.write(to);
      }
    }
  }

  void read(Unpacking from) {
    changes = from.wide();
    LinearPosterior.fill(weights, from.doubles());
    int count = from.integer();
    if (count < 0 || count > mostMembers) {
      throw new IllegalArgumentException("members must be in 0 … " + mostMembers + ": " + count);
    }
    for (int i = 0; i < count; i++) {
      int layer = from.integer();
      if (layer < 0 || layer >= PRIORS.length) {
        throw new IllegalArgumentException("layer must be in 0 … 3: " + layer);
      }
      var key = new Key(layer, from.text(), from.text(), from.text());
      var member = new Member(layer, 0);
      member.watch.against = LinearPosterior.finite(from.number());
      for (Effect effect : member.effects) {
        effect.read(from);
      }
      members.put(key, member);
    }
  }
}
