package io.grace.domains.knowledge;

import io.grace.domains.knowledge.Edge.Node;
import io.grace.domains.knowledge.Edge.Relation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// How far each source can be trusted. *Thread-safe: scores are replaced as a whole.*
///
/// `score = 0.35 provenance + 0.25 consensus + 0.20 governance + 0.20 usage`, each in [0, 1]:
///
/// - provenance is what the team configured;
/// - consensus is `(1 + agreed) / (2 + agreed + denied)`: what another source says too (a claim, or
///   a passage in nearly the same words) against owners whom another source denies;
/// - governance is the mean over its files of half a point for an owner and half for a review,
///   which loses half of its worth every 180 days;
/// - usage is `(1 + wins) / (2 + wins + losses)` of [Usage], decaying.
///
/// A score that nobody renews sinks from then on: what it is above 0.1 halves every half-life.
final class Trust {
  private static final Logger LOG = LoggerFactory.getLogger(Trust.class);
  private static final double PROVENANCE = 0.35;
  private static final double CONSENSUS = 0.25;
  private static final double GOVERNANCE = 0.20;
  private static final double USAGE = 0.20;
  private static final double FLOOR = 0.1;
  private static final Duration REVIEW_HALF_LIFE = Duration.ofDays(180);

  /// Of a source that is not known yet.
  private static final double UNKNOWN = 0.5;

  private final Path file;
  private final Settings settings;
  private final Library library;
  private final Graph graph;
  private final Usage usage;
  private volatile Scores scores;

  /// Why a source is trusted as far as it is.
  ///
  /// @param score as it was when it was worked out
  record Score(
      double provenance, double consensus, double governance, double usage, double score) {}

  /// @param at when they were worked out
  record Scores(Instant at, Map<String, Score> of, Map<String, Usage.Tally> tallies) {}

  private Trust(
      Path file, Settings settings, Library library, Graph graph, Usage usage, Scores scores) {
    this.file = file;
    this.settings = settings;
    this.library = library;
    this.graph = graph;
    this.usage = usage;
    this.scores = scores;
  }

  static Trust open(Path file, Settings settings, Library library, Graph graph, Instant now) {
    var before = new Scores(now, Map.of(), Map.of());
    try {
      if (Files.exists(file)) {
        before = Kept.JSON.readValue(Files.readAllBytes(file), Scores.class);
      }
    } catch (IOException | JacksonException e) {
      LOG.atWarn().setCause(e).log("trust begins anew");
    }
    var usage = new Usage(settings.halfLife(), before.tallies());
    return new Trust(file, settings, library, graph, usage, before);
  }

  Usage usage() {
    return usage;
  }

  Scores scores() {
    return scores;
  }

  /// Of one source, now; what nobody renewed has sunk.
  double of(String source, Instant now) {
    Scores known = scores;
    double score = Optional.ofNullable(known.of().get(source)).map(Score::score).orElse(UNKNOWN);
    double kept = kept(Duration.between(known.at(), now), settings.halfLife());
    return Math.min(score, FLOOR) + Math.max(0, score - FLOOR) * kept;
  }

  double mean(Instant now) {
    return settings.sources().stream()
        .mapToDouble(spec -> of(spec.name(), now))
        .average()
        .orElse(UNKNOWN);
  }

  Duration age(Instant now) {
    return Duration.between(scores.at(), now);
  }

  /// What is left of 1 after a while.
  static double kept(Duration age, Duration halfLife) {
    return Math.pow(0.5, Math.max(0, age.toMillis()) / (double) halfLife.toMillis());
  }

  /// Works all scores out anew.
  void update(Instant now) throws IOException {
    Map<String, Set<Edge>> said = bySource();
    Map<String, Usage.Tally> tallies = usage.tallies(now);
    var fresh = new TreeMap<String, Score>();
    for (SourceSpec spec : settings.sources()) {
      List<Item> items = library.of(spec.name());
      double consensus = consensus(spec.name(), items, said);
      double governance = items.stream().mapToDouble(i -> governance(i, now)).average().orElse(0);
      var tally = tallies.getOrDefault(spec.name(), new Usage.Tally(0, 0, now));
      double used = (1 + tally.wins()) / (2 + tally.wins() + tally.losses());
      double score =
          PROVENANCE * spec.provenance()
              + CONSENSUS * consensus
              + GOVERNANCE * governance
              + USAGE * used;
      fresh.put(spec.name(), new Score(spec.provenance(), consensus, governance, used, score));
    }
    var whole = new Scores(now, fresh, tallies);
    Kept.write(file, whole);
    scores = whole;
  }

  private Map<String, Set<Edge>> bySource() {
    var said = new HashMap<String, Set<Edge>>();
    graph
        .all()
        .forEach((by, edges) -> {
          int at = by.indexOf('/');
          if (at > 0) {
            said.computeIfAbsent(by.substring(0, at), _ -> new HashSet<>()).addAll(edges);
          }
        });
    return said;
  }

  private double consensus(String source, List<Item> items, Map<String, Set<Edge>> said) {
    var others = new HashSet<Edge>();
    said.forEach((by, edges) -> {
      if (!by.equals(source)) {
        others.addAll(edges);
      }
    });
    var owners = new HashSet<Node>();
    others.stream().filter(Trust::isOwner).forEach(edge -> owners.add(edge.from()));
    double agreed = 0;
    double denied = 0;
    for (Edge edge : said.getOrDefault(source, Set.of())) {
      if (others.contains(edge)) {
        agreed++;
      } else if (isOwner(edge) && owners.contains(edge.from())) {
        denied++;
      }
    }
    for (Item item : items) {
      for (Passage passage : item.passages()) {
        boolean isHeldElsewhere =
            passage
                .copyOf()
                .map(original -> !original.startsWith(source + "/"))
                .orElseGet(() ->
                    library.holders(passage.id()).stream()
                        .anyMatch(holder -> !holder.equals(source)));
        agreed += isHeldElsewhere ? 1 : 0;
      }
    }
    return (1 + agreed) / (2 + agreed + denied);
  }

  private static boolean isOwner(Edge edge) {
    return edge.relation() == Relation.OWNED_BY;
  }

  private static double governance(Item item, Instant now) {
    double owned = item.owner().isPresent() ? 0.5 : 0;
    double reviewed =
        item.reviewed()
            .map(day ->
                0.5
                    * kept(
                        Duration.between(day.atStartOfDay(ZoneOffset.UTC).toInstant(), now),
                        REVIEW_HALF_LIFE))
            .orElse(0.0);
    return owned + reviewed;
  }
}
