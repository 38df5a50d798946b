package io.grace.domains.temporal;

import io.grace.domains.series.SeriesId;
import io.grace.intelligence.causal.LinearModel.Held;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Answers what would have been, had a series been held at a value: what was measured and the graph
/// give the noise, and from that and the value follows the rest. Answers are kept for a while.
/// *Thread-safe.*
public final class Simulator {
  private static final int CACHE_MAX = 256;

  /// Steps that a question may be about.
  static final int STEPS_MAX = 1_024;

  private final Graphs graphs;
  private final Duration ttl;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock; the one that was asked for longest ago first.
  private final Map<Question, Answer> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
          return size() > CACHE_MAX;
        }
      };

  // Guarded by the lock.
  private long run;

  /// Had this series been held at this value for the last so many steps.
  public record Question(SeriesId held, double value, int steps) {
    public Question {
      if (!Double.isFinite(value) || steps < 1 || steps > STEPS_MAX) {
        throw new IllegalArgumentException(
            "wanted a finite value and 1 to %d steps: %s, %d".formatted(STEPS_MAX, value, steps));
      }
    }
  }

  /// What would have been.
  ///
  /// @param change by series, the mean over these steps of what would have been less what was
  /// @param graph which it rests on: SHA-256 of what that was built from, in hex
  /// @param isStale whether there is another graph by now
  public record Answer(
      Question question, Map<SeriesId, Double> change, String graph, Instant at, boolean isStale) {
    public Answer {
      change = Map.copyOf(change);
    }

    private Answer stale(boolean is) {
      return new Answer(question, change, graph, at, is);
    }
  }

  Simulator(Graphs graphs, Duration ttl, InstantSource clock) {
    this.graphs = graphs;
    this.ttl = ttl;
    this.clock = clock;
  }

  /// Answers from what is kept, or from the graph and what was measured.
  ///
  /// @return empty if there is no graph of this series, or too little was measured
  public Optional<Answer> ask(Question question) {
    lock.lock();
    try {
      Instant now = clock.instant();
      Answer known = cache.get(question);
      if (known != null && now.isBefore(known.at().plus(ttl))) {
        return Optional.of(known.stale(isStale(known)));
      }
      Optional<Answer> answer = graphs.current().flatMap(graph -> answer(graph, question, now));
      answer.ifPresent(a -> cache.put(question, a));
      return answer;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Answer> answer(CausalGraph graph, Question question, Instant now) {
    int held = graph.ids().indexOf(question.held());
    int reach = graph.edges().stream().mapToInt(e -> e.lag()).max().orElse(0);
    Optional<Table> observed = graphs.observed(graph, question.steps() + reach);
    if (held < 0 || observed.isEmpty() || observed.get().steps() < question.steps()) {
      return Optional.empty();
    }
    double[][] was = observed.get().values();
    int from = was[0].length - question.steps();
    double[][] would =
        graph
            .model()
            .counterfactual(was, List.of(new Held(held, from, was[0].length, question.value())));
    run++;
    var change = new TreeMap<SeriesId, Double>();
    for (int i = 0; i < was.length; i++) {
      double sum = 0;
      for (int t = from; t < was[i].length; t++) {
        sum += would[i][t] - was[i][t];
      }
      change.put(graph.ids().get(i), sum / question.steps());
    }
    return Optional.of(new Answer(question, change, graph.data(), now, false));
  }

  private boolean isStale(Answer answer) {
    return graphs.current().map(g -> !g.data().equals(answer.graph())).orElse(true);
  }

  /// Simulations so far; an answer that was kept is none.
  long run() {
    lock.lock();
    try {
      return run;
    } finally {
      lock.unlock();
    }
  }

  /// The share of kept answers that rest on another graph than there is now.
  double staleRatio() {
    lock.lock();
    try {
      long stale = cache.values().stream().filter(this::isStale).count();
      return cache.isEmpty() ? 0 : (double) stale / cache.size();
    } finally {
      lock.unlock();
    }
  }

  /// Drops every answer.
  ///
  /// @return how many there were
  int invalidate() {
    lock.lock();
    try {
      int dropped = cache.size();
      cache.clear();
      return dropped;
    } finally {
      lock.unlock();
    }
  }
}
