package io.grace.runtime.memory;

import io.grace.intelligence.latent.LatentSpace;
import io.grace.intelligence.latent.SparseRow;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What texts are about, learned from memories themselves: a place in a latent space (see
/// [LatentSpace]), and regions of that space. *Immutable.*
///
/// Neighbours are looked for in the regions nearest to a query (an inverted file: Sivic, Zisserman,
/// *Video Google*, ICCV 2003; Jégou, Douze, Schmid, *Product Quantization for Nearest Neighbor
/// Search*, PAMI 2011, section IV). A region is one more list in the index, so that isolation,
/// merging and forgetting treat it like a word; a graph of neighbours would have to be built anew
/// with each merge and would tie memories of all domains together. Regions are found by spherical
/// k-means (Dhillon, Modha, *Concept Decompositions*, Machine Learning 42, 2001).
///
/// @param version tells one from another; places of two are not comparable
record Gist(
    int version, Map<String, Integer> columns, float[] idf, LatentSpace space, float[][] regions) {
  /// A place takes as many bytes.
  static final int DIMENSIONS = 48;

  /// More texts to learn from change little and cost time.
  static final int MOST_TEXTS = 12_000;

  /// Fewer have no structure to learn.
  static final int FEWEST_TEXTS = 1_000;

  /// So the space cannot give away a word that only a few memories have, nor keep one that is
  /// forgotten.
  static final int FEWEST_WITH_WORD = 5;

  private static final int MOST_WORDS = 20_000;
  private static final int MOST_REGIONS = 1_024;
  private static final int TEXTS_FOR_A_REGION = 12;
  private static final int ROUNDS = 4;
  private static final long SEED = 20_261_126;

  /// @param texts each as its words
  static Gist learn(List<? extends Collection<String>> texts) {
    var found = new TreeMap<String, Integer>();
    for (Collection<String> text : texts) {
      for (String word : new HashSet<>(text)) {
        found.merge(word, 1, Integer::sum);
      }
    }
    var kept =
        found.entrySet().stream()
            .filter(e -> e.getValue() >= FEWEST_WITH_WORD)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_WORDS)
            .toList();
    var columns = new HashMap<String, Integer>();
    float[] idf = new float[Math.max(1, kept.size())];
    for (int c = 0; c < kept.size(); c++) {
      columns.put(kept.get(c).getKey(), c);
      idf[c] = (float) Math.log((1.0 + texts.size()) / kept.get(c).getValue());
    }
    var rows = texts.stream().map(text -> row(text, columns, idf)).toList();
    var space = LatentSpace.fit(rows, idf.length, DIMENSIONS, SEED);
    var places = rows.stream().map(row -> padded(space.place(row, 0))).toList();
    var regions = regions(places);
    return new Gist(version(regions, columns), Map.copyOf(columns), idf, space, regions);
  }

  private static int version(float[][] regions, Map<String, Integer> columns) {
    int version = new TreeMap<>(columns).hashCode();
    for (float[] region : regions) {
      version = 31 * version + Arrays.hashCode(region);
    }
    return version;
  }

  private static float[][] regions(List<float[]> places) {
    int count = Math.clamp(places.size() / TEXTS_FOR_A_REGION, 1, MOST_REGIONS);
    float[][] centres = new float[count][];
    for (int i = 0; i < count; i++) {
      centres[i] = places.get((int) ((long) i * places.size() / count)).clone();
    }
    for (int round = 0; round < ROUNDS; round++) {
      float[][] sums = new float[count][DIMENSIONS];
      for (float[] place : places) {
        float[] sum = sums[nearest(centres, place)];
        for (int d = 0; d < DIMENSIONS; d++) {
          sum[d] += place[d];
        }
      }
      for (int i = 0; i < count; i++) {
        double length = Math.sqrt(dot(sums[i], sums[i]));
        if (length > 0) {
          for (int d = 0; d < DIMENSIONS; d++) {
            centres[i][d] = (float) (sums[i][d] / length);
          }
        }
      }
    }
    return centres;
  }

  private static int nearest(float[][] centres, float[] place) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < centres.length; i++) {
      double closeness = dot(centres[i], place);
      if (closeness > most) {
        most = closeness;
        best = i;
      }
    }
    return best;
  }

  /// In four sums, which a processor adds side by side.
  static double dot(float[] a, float[] b) {
    float one = 0;
    float two = 0;
    float three = 0;
    float four = 0;
    for (int d = 0; d < DIMENSIONS; d += 4) {
      one += a[d] * b[d];
      two += a[d + 1] * b[d + 1];
      three += a[d + 2] * b[d + 2];
      four += a[d + 3] * b[d + 3];
    }
    return (one + two) + (three + four);
  }

  /// Where a text lies; all zero if none of its words is known.
  float[] place(Collection<String> words) {
    return padded(space.place(row(words, columns, idf), 0));
  }

  private static float[] padded(float[] place) {
    return Arrays.copyOf(place, DIMENSIONS);
  }

  /// The region a place lies in.
  String region(float[] place) {
    return name(nearest(regions, place));
  }

  /// The regions nearest to a place, the nearest first.
  ///
  /// @param most at least 1
  List<String> nearest(float[] place, int most) {
    int[] best = new int[Math.min(most, regions.length)];
    double[] closeness = new double[best.length];
    int count = 0;
    for (int region = 0; region < regions.length; region++) {
      double near = dot(regions[region], place);
      if (count == best.length && near <= closeness[count - 1]) {
        continue;
      }
      int at = count < best.length ? count++ : count - 1;
      while (at > 0 && closeness[at - 1] < near) {
        best[at] = best[at - 1];
        closeness[at] = closeness[at - 1];
        at--;
      }
      best[at] = region;
      closeness[at] = near;
    }
    return Arrays.stream(best).mapToObj(this::name).toList();
  }

  private String name(int region) {
    return Integer.toHexString(version) + ":" + region;
  }

  static boolean isNowhere(float[] place) {
    for (float d : place) {
      if (d != 0) {
        return false;
      }
    }
    return true;
  }

  /// One byte for each dimension.
  static byte[] packed(float[] place) {
    byte[] bytes = new byte[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      bytes[d] = (byte) Math.round(place[d] * Byte.MAX_VALUE);
    }
    return bytes;
  }

  /// The cosine of a place and one that is packed, in [-1, 1].
  static double closeness(float[] place, byte[] bytes, int offset) {
    float one = 0;
    float two = 0;
    float three = 0;
    float four = 0;
    for (int d = 0; d < DIMENSIONS; d += 4) {
      one += place[d] * bytes[offset + d];
      two += place[d + 1] * bytes[offset + d + 1];
      three += place[d + 2] * bytes[offset + d + 2];
      four += place[d + 3] * bytes[offset + d + 3];
    }
    return ((one + two) + (three + four)) / Byte.MAX_VALUE;
  }

  /// Words weigh (1 + log tf) · idf.
  private static SparseRow row(
      Collection<String> words, Map<String, Integer> columns, float[] idf) {
    var counts = new TreeMap<Integer, Integer>();
    for (String word : words) {
      var column = columns.get(word);
      if (column != null) {
        counts.merge(column, 1, Integer::sum);
      }
    }
    int[] at = new int[counts.size()];
    float[] values = new float[counts.size()];
    int i = 0;
    for (var count : counts.entrySet()) {
      at[i] = count.getKey();
      values[i++] = (float) ((1 + Math.log(count.getValue())) * idf[count.getKey()]);
    }
    return new SparseRow(at, values).unit();
  }
}
