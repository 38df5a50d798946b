package io.grace.intelligence.bayes;

/// What an answer may cost; known before the work begins. *Immutable.*
///
/// @param cells of 8 bytes in all tables at once while variables are eliminated
/// @param products that an exact answer may take; about 5e8 a second on one core
/// @param samples that are drawn where an exact answer would cost more
public record Limits(long cells, long products, int samples) {
  /// 128 MB, seconds, and a standard error of at most 0.002 if every sample counted.
  public static final Limits DEFAULT = new Limits(1 << 24, 4_000_000_000L, 100_000);

  public Limits {
    if (cells < 1 || cells > 1 << 30 || products < 1 || samples < 2) {
      throw new IllegalArgumentException(
          "wanted 1 to 2^30 cells, at least 1 product and 2 samples: %d, %d, %d"
              .formatted(cells, products, samples));
    }
  }
}
