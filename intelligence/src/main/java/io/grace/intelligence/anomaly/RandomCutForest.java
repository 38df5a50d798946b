package io.grace.intelligence.anomaly;

import java.util.Arrays;

/// How isolated a stretch of a series is among those sampled from its past. *Owned by one series;
/// not thread-safe.*
///
/// A robust random cut forest (Guha, Mishra, Roy & Schrijvers, *Robust Random Cut Forest Based
/// Anomaly Detection on Streams*, ICML 2016): each tree holds a sample of the stream, its cuts
/// drawn in proportion to the ranges of its box, and points come and go as if the tree had been
/// built of the rest. The newest readings form one point, a shingle (section 5 there). Samples
/// favour the recent (Efraimidis & Spirakis, *Weighted Random Sampling with a Reservoir*,
/// Information Processing Letters 97, 2006, with weights that grow in time). The score is the
/// displacement of section 3 as expected before the point is in, rather than the collusive
/// displacement once it is: it changes nothing, and twins of an anomaly that are few stay visible,
/// as they are weighed by all that is parted.
public final class RandomCutForest {
  private static final int KIND = 0x4CF0;
  private static final int VERSION = 1;

  private final int shingle;
  private final RandomCutTree[] trees;
  private final double decay;
  private final SplitMix random;

  /// By tree × place in its sample: the key that says how long it stays, and the leaf it lies in.
  private final double[] keys;

  private final int[] leaves;

  /// By tree: how many are held, and which goes first.
  private final int[] held;

  private final int[] weakest;
  private final float[] newest;
  private long seen;

  /// @param trees at least 1
  /// @param sample how many points a tree holds, at least 2
  /// @param shingle how many readings form a point, at least 1
  public RandomCutForest(int trees, int sample, int shingle, long seed) {
    if (trees < 1 || sample < 2 || shingle < 1) {
      throw new IllegalArgumentException(
          "needs 1 tree, a sample of 2, a shingle of 1: %d, %d, %d"
              .formatted(trees, sample, shingle));
    }
    this.shingle = shingle;
    this.trees = new RandomCutTree[trees];
    Arrays.setAll(this.trees, i -> new RandomCutTree(sample, shingle));
    // A sample spans ten times its size of the stream.
    this.decay = 1.0 / (10 * sample);
    this.random = new SplitMix(seed);
    this.keys = new double[trees * sample];
    this.leaves = new int[trees * sample];
    this.held = new int[trees];
    this.weakest = new int[trees];
    this.newest = new float[shingle];
  }

  /// Scores the stretch that this reading ends against those before, which it then may join.
  ///
  /// @param value finite
  /// @return at least 0, below the size of a sample; 0 until a shingle is full
  public double learn(double value) {
    System.arraycopy(newest, 1, newest, 0, shingle - 1);
    newest[shingle - 1] = (float) value;
    seen++;
    if (seen < shingle) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < trees.length; i++) {
      sum += trees[i].displacement(newest);
      offer(i);
    }
    return sum / trees.length;
  }

  private void offer(int i) {
    RandomCutTree tree = trees[i];
    int from = i * tree.capacity;
    // The k smallest of E·e^(−λt) are a sample with weights e^(λt); kept as logarithms.
    double key =
        StrictMath.log(-StrictMath.log(Math.max(Double.MIN_NORMAL, random.nextDouble())))
            - decay * seen;
    int place;
    if (held[i] < tree.capacity) {
      place = from + held[i]++;
    } else if (key < keys[weakest[i]]) {
      place = weakest[i];
      tree.remove(leaves[place]);
    } else {
      return;
    }
    keys[place] = key;
    leaves[place] = tree.insert(newest, random);
    weakest[i] = from;
    for (int j = from + 1; j < from + held[i]; j++) {
      weakest[i] = keys[j] > keys[weakest[i]] ? j : weakest[i];
    }
  }

  /// All that it knows, for [#load].
  public byte[] save() {
    StateWriter out = new StateWriter();
    save(out);
    return out.toBytes();
  }

  /// Takes over what one of the same shape has saved.
  ///
  /// @throws IllegalArgumentException if the bytes are no such state
  public void load(byte[] state) {
    StateReader in = new StateReader(state);
    load(in);
    in.end();
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(trees.length).put(trees[0].capacity).put(shingle);
    for (RandomCutTree tree : trees) {
      tree.save(out);
    }
    out.put(keys).put(leaves).put(held).put(weakest).put(newest).put(seen).put(random.state());
  }

  void load(StateReader in) {
    int capacity = trees[0].capacity;
    in.section(KIND, VERSION);
    in.integer(trees.length, trees.length);
    in.integer(capacity, capacity);
    in.integer(shingle, shingle);
    for (RandomCutTree tree : trees) {
      tree.load(in);
    }
    in.fill(keys);
    in.fill(leaves, 0, capacity - 1);
    in.fill(held, 0, capacity);
    in.fill(weakest, 0, keys.length - 1);
    in.fill(newest);
    seen = in.longInteger();
    random.move(in.longInteger());
  }
}
