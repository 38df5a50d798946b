package io.grace.runtime.search;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// A document that was found, and why. *Immutable.*
///
/// @param score in [0, 1], comparable within one answer only
public record Hit(Document document, double score, Why why) {
  /// What speaks for a hit.
  ///
  /// @param byWords its place by BM25, from 1; empty if not among the candidates
  /// @param bm25 its score by words; 0 if it shares none
  /// @param byMeaning its place by cosine, from 1; empty if not among the candidates
  /// @param cosine of the angle to the question in the latent space; 0 if unknown
  /// @param shared stems that question and document share
  public record Why(
      OptionalInt byWords, double bm25, OptionalInt byMeaning, double cosine, List<String> shared) {
    public Why {
      shared = List.copyOf(shared);
    }

    /// In a sentence.
    public String told() {
      String words = shared.isEmpty() ? "no word" : String.join(", ", shared);
      return String.format(
          Locale.ROOT,
          "shares %s (%s by words, BM25 %.1f); %s by meaning, cosine %.2f",
          words,
          place(byWords),
          bm25,
          place(byMeaning),
          cosine);
    }

    private static String place(OptionalInt place) {
      return place.isPresent() ? "no. " + place.getAsInt() : "not placed";
    }
  }
}
