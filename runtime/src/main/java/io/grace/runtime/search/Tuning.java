package io.grace.runtime.search;

/// How documents are compared. Chosen on the development half of the judged set and nowhere else.
/// *Immutable.*
///
/// @param maxDimensions of the latent space
/// @param textsForADimension a small corpus gets fewer dimensions, or it would only be learned by
///   heart
/// @param whitening see [io.grace.intelligence.latent.LatentSpace#place]
/// @param runWeight of runs of letters against whole words
/// @param k1 and
/// @param b of BM25
/// @param titleBoost how much more a word in the title counts; 0 for not at all
/// @param meaningShare weight of meaning against words, in [0, 1]
public record Tuning(
    int maxDimensions,
    double textsForADimension,
    double whitening,
    double runWeight,
    float k1,
    float b,
    float titleBoost,
    double meaningShare) {
  static final long SEED = 20_261_126;

  public static final Tuning CHOSEN = new Tuning(128, 3.5, 0, 0.4, 1.2f, 0.75f, 0, 0.5);

  int dimensions(int texts) {
    return (int) Math.clamp(texts / textsForADimension, 2, maxDimensions);
  }
}
