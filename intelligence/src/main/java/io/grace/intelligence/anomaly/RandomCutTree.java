package io.grace.intelligence.anomaly;

import java.util.Arrays;

/// One tree of a [RandomCutForest]: points in a binary tree of random cuts, in flat arrays. Nodes
/// below [#capacity] are leaves, each with one distinct point and how often it is held; the others
/// are cuts. *Owned by its forest.*
final class RandomCutTree {
  private static final int KIND = 0x7EEE;
  private static final int VERSION = 1;

  private static final int NONE = -1;

  final int capacity;
  private final int dimensions;

  /// By leaf × dimension, and by cut × dimension.
  private final float[] points;

  private final float[] lows;
  private final float[] highs;

  /// By node.
  private final int[] parents;

  private final int[] masses;

  /// By cut.
  private final int[] lefts;

  private final int[] rights;
  private final int[] cutDimensions;
  private final float[] cutValues;

  private final int[] freeLeaves;
  private final int[] freeCuts;
  private int freeLeafCount;
  private int freeCutCount;
  private int root = NONE;

  RandomCutTree(int capacity, int dimensions) {
    this.capacity = capacity;
    this.dimensions = dimensions;
    this.points = new float[capacity * dimensions];
    this.lows = new float[capacity * dimensions];
    this.highs = new float[capacity * dimensions];
    this.parents = new int[2 * capacity];
    this.masses = new int[2 * capacity];
    this.lefts = new int[capacity];
    this.rights = new int[capacity];
    this.cutDimensions = new int[capacity];
    this.cutValues = new float[capacity];
    this.freeLeaves = new int[capacity];
    this.freeCuts = new int[capacity];
    Arrays.setAll(freeLeaves, i -> capacity - 1 - i);
    Arrays.setAll(freeCuts, i -> capacity - 1 - i);
    freeLeafCount = capacity;
    freeCutCount = capacity;
  }

  /// How many points the newcomer would part from the rest of its subtree, as expected over the
  /// cuts that would be drawn for it: the sum over its path of the chance that the cut that
  /// isolates it falls at this node, times the points below.
  double displacement(float[] point) {
    double sum = 0;
    double reached = 1;
    int node = root;
    while (node != NONE) {
      double outside = 0;
      double range = 0;
      for (int d = 0; d < dimensions; d++) {
        float low = low(node, d);
        float high = high(node, d);
        outside += Math.max(0, low - point[d]) + Math.max(0, point[d] - high);
        range += high - low;
      }
      double parts = outside > 0 ? outside / (outside + range) : 0;
      sum += reached * parts * masses[node];
      reached *= 1 - parts;
      node = node < capacity || reached < 1e-6 ? NONE : child(node, point);
    }
    return sum;
  }

  /// @return the leaf that holds the point
  int insert(float[] point, SplitMix random) {
    if (root == NONE) {
      root = newLeaf(point);
      parents[root] = NONE;
      return root;
    }
    int node = root;
    while (true) {
      double range = 0;
      for (int d = 0; d < dimensions; d++) {
        range += Math.max(high(node, d), point[d]) - Math.min(low(node, d), point[d]);
      }
      if (node < capacity && range <= 0) {
        masses[node]++;
        refresh(parents[node]);
        return node;
      }
      int dimension = NONE;
      double at = random.nextDouble() * range;
      for (int d = 0; d < dimensions && (dimension == NONE || at >= 0); d++) {
        double width = Math.max(high(node, d), point[d]) - Math.min(low(node, d), point[d]);
        dimension = width > 0 ? d : dimension;
        at -= width;
      }
      float low = Math.min(low(node, dimension), point[dimension]);
      float high = Math.max(high(node, dimension), point[dimension]);
      // Below the upper end, so that both sides of the cut hold something.
      float cut = Math.clamp((float) (high + at), low, Math.nextDown(high));
      if (cut < low(node, dimension) || cut >= high(node, dimension)) {
        return part(node, newLeaf(point), dimension, cut);
      }
      node = child(node, point);
    }
  }

  /// Takes one point out of the leaf.
  void remove(int leaf) {
    masses[leaf]--;
    int parent = parents[leaf];
    if (masses[leaf] > 0) {
      refresh(parent);
      return;
    }
    freeLeaves[freeLeafCount++] = leaf;
    if (parent == NONE) {
      root = NONE;
      return;
    }
    int cut = parent - capacity;
    int sibling = lefts[cut] == leaf ? rights[cut] : lefts[cut];
    replace(parent, sibling);
    freeCuts[freeCutCount++] = cut;
    refresh(parents[sibling]);
  }

  private int newLeaf(float[] point) {
    int leaf = freeLeaves[--freeLeafCount];
    System.arraycopy(point, 0, points, leaf * dimensions, dimensions);
    masses[leaf] = 1;
    return leaf;
  }

  private int part(int node, int leaf, int dimension, float value) {
    int cut = freeCuts[--freeCutCount];
    int above = cut + capacity;
    boolean isLeft = points[leaf * dimensions + dimension] <= value;
    cutDimensions[cut] = dimension;
    cutValues[cut] = value;
    replace(node, above);
    lefts[cut] = isLeft ? leaf : node;
    rights[cut] = isLeft ? node : leaf;
    parents[node] = above;
    parents[leaf] = above;
    refresh(above);
    return leaf;
  }

  /// Hangs the other node where this one hung.
  private void replace(int node, int other) {
    int parent = parents[node];
    parents[other] = parent;
    if (parent == NONE) {
      root = other;
    } else if (lefts[parent - capacity] == node) {
      lefts[parent - capacity] = other;
    } else {
      rights[parent - capacity] = other;
    }
  }

  /// Masses and boxes from this node up to the root.
  private void refresh(int from) {
    for (int node = from; node != NONE; node = parents[node]) {
      int cut = node - capacity;
      int left = lefts[cut];
      int right = rights[cut];
      masses[node] = masses[left] + masses[right];
      for (int d = 0; d < dimensions; d++) {
        lows[cut * dimensions + d] = Math.min(low(left, d), low(right, d));
        highs[cut * dimensions + d] = Math.max(high(left, d), high(right, d));
      }
    }
  }

  private int child(int node, float[] point) {
    int cut = node - capacity;
    return point[cutDimensions[cut]] <= cutValues[cut] ? lefts[cut] : rights[cut];
  }

  private float low(int node, int d) {
    return node < capacity
        ? points[node * dimensions + d]
        : lows[(node - capacity) * dimensions + d];
  }

  private float high(int node, int d) {
    return node < capacity
        ? points[node * dimensions + d]
        : highs[(node - capacity) * dimensions + d];
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(points).put(lows).put(highs).put(parents).put(masses);
    out.put(lefts).put(rights).put(cutDimensions).put(cutValues).put(freeLeaves).put(freeCuts);
    out.put(freeLeafCount).put(freeCutCount).put(root);
  }

  void load(StateReader in) {
    int last = 2 * capacity - 1;
    in.section(KIND, VERSION);
    in.fill(points);
    in.fill(lows);
    in.fill(highs);
    in.fill(parents, NONE, last);
    in.fill(masses, 0, capacity);
    in.fill(lefts, 0, last);
    in.fill(rights, 0, last);
    in.fill(cutDimensions, 0, dimensions - 1);
    in.fill(cutValues);
    in.fill(freeLeaves, 0, capacity - 1);
    in.fill(freeCuts, 0, capacity - 1);
    freeLeafCount = in.integer(0, capacity);
    freeCutCount = in.integer(0, capacity);
    root = in.integer(NONE, last);
    int points = root == NONE ? 0 : checked(root, NONE, 0);
    if (points > capacity) {
      throw new IllegalArgumentException(
          "a tree must hold at most " + capacity + " points: " + points);
    }
  }

  /// How many points lie below the node, which must hang where its parent says and nowhere else: so
  /// no walk through the tree can go round in circles.
  private int checked(int node, int parent, int depth) {
    if (parents[node] != parent || depth > capacity) {
      throw new IllegalArgumentException(
          "node %d must hang below %d: %d".formatted(node, parent, parents[node]));
    }
    int points = masses[node];
    if (node >= capacity) {
      int cut = node - capacity;
      points = checked(lefts[cut], node, depth + 1) + checked(rights[cut], node, depth + 1);
    }
    if (points < 1 || points != masses[node]) {
      throw new IllegalArgumentException(
          "node %d must hold its %d points: %d".formatted(node, masses[node], points));
    }
    return points;
  }
}
