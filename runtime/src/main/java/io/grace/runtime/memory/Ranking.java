package io.grace.runtime.memory;

import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Recall;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// In which order memories are told:
///
/// `score = 0.40 relevance + 0.20 recency + 0.10 frequency + 0.15 context + 0.15 trust`, where
/// every part is in [0, 1]: relevance is half BM25 over the best of the search and half nearness of
/// meaning, or BM25 alone while no meaning is learned; recency halves with each half-life of the
/// type; frequency is log₂(1 + uses) / log₂(1 + 64), at most 1; context is the share of the
/// request's words that the memory has; trust is what its domain says of it. After Park et al.,
/// Generative Agents (2023), section 4.1, which adds recency, importance and relevance with equal
/// weights; here the words asked for weigh most, and what was merely used often least, since use
/// feeds on itself.
final class Ranking {
  static final double RELEVANCE = 0.40;
  static final double RECENCY = 0.20;
  static final double FREQUENCY = 0.10;
  static final double CONTEXT = 0.15;
  static final double TRUST = 0.15;

  /// Of relevance; the rest is words.
  static final double MEANING = 0.5;

  /// More uses than that say nothing more.
  private static final int MOST_USES = 64;

  private Ranking() {}

  /// What a score is made of, each in [0, 1].
  public record Parts(
      double relevance, double recency, double frequency, double context, double trust) {
    double score() {
      return round(
          RELEVANCE * relevance
              + RECENCY * recency
              + FREQUENCY * frequency
              + CONTEXT * context
              + TRUST * trust);
    }
  }

  record Ranked(Hit hit, Parts parts, double score) {}

  /// The best first; the id decides between equals.
  static List<Ranked> rank(List<Hit> hits, Recall recall, Map<Hash, Use> uses, Instant now) {
    double best = 0;
    boolean isPlaced = false;
    for (Hit hit : hits) {
      best = Math.max(best, hit.words());
      isPlaced |= hit.meaning() > 0;
    }
    var ranked = new ArrayList<Ranked>(hits.size());
    for (Hit hit : hits) {
      var use = uses.get(hit.id());
      var parts =
          new Parts(
              round(relevance(hit, best, isPlaced)),
              round(recency(hit.cell().type(), hit.at(), now)),
              round(frequency(use == null ? 0 : use.count())),
              round(overlap(recall.context(), hit.context())),
              round(hit.trust()));
      ranked.add(new Ranked(hit, parts, parts.score()));
    }
    ranked.sort(
        Comparator.comparingDouble(Ranked::score).reversed().thenComparing(r -> r.hit().id()));
    return ranked;
  }

  private static double relevance(Hit hit, double best, boolean isPlaced) {
    double words = best > 0 ? hit.words() / best : 0;
    return isPlaced ? (1 - MEANING) * words + MEANING * hit.meaning() : words;
  }

  static Duration halfLife(MemoryType type) {
    return switch (type) {
      case WORKING -> Duration.ofHours(1);
      case EPISODIC -> Duration.ofDays(7);
      case SEMANTIC -> Duration.ofDays(90);
      case PROCEDURAL -> Duration.ofDays(180);
    };
  }

  private static double recency(MemoryType type, Instant at, Instant now) {
    double age = Math.max(0, Duration.between(at, now).toMillis());
    return Math.pow(0.5, age / halfLife(type).toMillis());
  }

  private static double frequency(long uses) {
    // Most were never used, and a logarithm is dear.
    return uses == 0 ? 0 : Math.min(1, Math.log1p(uses) / Math.log1p(MOST_USES));
  }

  private static double overlap(Set<String> wanted, Set<String> has) {
    int shared = 0;
    for (String word : wanted) {
      if (has.contains(word)) {
        shared++;
      }
    }
    return wanted.isEmpty() ? 0 : (double) shared / Math.min(wanted.size(), Memory.MOST_CONTEXT);
  }

  /// So that an answer reads well, and two that differ less are equal.
  private static double round(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
