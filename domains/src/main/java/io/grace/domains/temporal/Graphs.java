package io.grace.domains.temporal;

import io.grace.domains.disk.WholeFile;
import io.grace.domains.series.SeriesId;
import io.grace.domains.series.SeriesSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the causal graph, on the disk too, and knows how old and how true it is. *Thread-safe.*
public final class Graphs {
  private static final Logger LOG = LoggerFactory.getLogger(Graphs.class);

  /// All that is known, if nobody said which: more cost too much to look through.
  private static final int SERIES_MAX = 32;

  private final List<SeriesId> wanted;
  private final SeriesSource source;
  private final int maxLag;
  private final int length;
  private final int fresh;
  private final Path file;
  private final AtomicLong asked = new AtomicLong();

  private volatile Optional<CausalGraph> current;

  /// @param length steps that a graph is built from, at most
  /// @param fresh steps that no graph is built from and each is checked on
  /// @throws IOException if the file holds no graph
  Graphs(List<SeriesId> wanted, SeriesSource source, int maxLag, int length, int fresh, Path file)
      throws IOException {
    this.wanted = List.copyOf(wanted);
    this.source = source;
    this.maxLag = maxLag;
    this.length = length;
    this.fresh = fresh;
    this.file = file;
    this.current = kept();
  }

  /// A graph that is torn is none, and so the loop has it built anew.
  private Optional<CausalGraph> kept() throws IOException {
    try {
      return Files.exists(file) ? Optional.of(read(WholeFile.read(file))) : Optional.empty();
    } catch (WholeFile.Torn e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the causal graph is lost");
      return Optional.empty();
    }
  }

  private CausalGraph read(byte[] bytes) throws IOException {
    try {
      return CausalGraph.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no causal graph: " + e.getMessage(), e);
    }
  }

  Optional<CausalGraph> current() {
    return current;
  }

  private Collection<SeriesId> series() {
    return wanted.isEmpty() ? source.known().stream().sorted().limit(SERIES_MAX).toList() : wanted;
  }

  /// Fewer steps let nothing be told from chance.
  private int least() {
    return 60 + 4 * maxLag;
  }

  /// What moves a series, the likeliest first.
  public List<String> causesOf(SeriesId series) {
    asked.incrementAndGet();
    return current.stream()
        .flatMap(graph -> graph.told().stream())
        .filter(cause -> cause.to().equals(series))
        .map(c ->
            String.format(
                Locale.ROOT, "%s, %d steps before, times %.4g", c.from(), c.lag(), c.weight()))
        .toList();
  }

  /// Questions about causes so far.
  long asked() {
    return asked.get();
  }

  /// Which edges no longer hold on what was measured since; all, if there is no graph and there
  /// could be one. Empty as long as too little was measured to tell.
  OptionalDouble staleness() {
    Optional<CausalGraph> graph = current;
    if (graph.isEmpty()) {
      return Table.moving(source, series(), length + fresh, least() + fresh).isPresent()
          ? OptionalDouble.of(1)
          : OptionalDouble.empty();
    }
    return since(graph.get())
        .map(values -> OptionalDouble.of(Staleness.of(graph.get(), values).ratio()))
        .orElse(OptionalDouble.empty());
  }

  /// The graph's series after what it was built from, in its order.
  private Optional<double[][]> since(CausalGraph graph) {
    Optional<Table> table = Table.all(source, graph.ids(), fresh, fresh / 2);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    long after = (table.get().newest() - graph.newest()) / graph.step();
    return after < fresh / 2 ? Optional.empty() : Optional.of(last(table.get(), after));
  }

  private static double[][] last(Table table, long steps) {
    int from = (int) Math.max(0, table.steps() - steps);
    double[][] last = new double[table.values().length][];
    for (int i = 0; i < last.length; i++) {
      last[i] = Arrays.copyOfRange(table.values()[i], from, table.steps());
    }
    return last;
  }

  /// Builds a graph of what was measured until a little while ago, and checks it on the rest. If
  /// what moves what has changed within what was measured, the longest stretch whose graph holds on
  /// the rest is taken.
  ///
  /// @return what was found, in a sentence; empty if too little was measured
  Optional<String> rebuild(Instant now) throws IOException {
    Optional<Table> all = Table.moving(source, series(), length + fresh, least() + fresh);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Table table = all.get();
    double[][] check = last(table, fresh);
    CausalGraph best = null;
    double bestRatio = Double.POSITIVE_INFINITY;
    int steps = table.steps() - fresh;
    for (int taken = steps; taken >= Math.min(steps, least()) && bestRatio > 0; taken /= 2) {
      CausalGraph next =
          CausalGraph.build(before(table, taken, fresh), maxLag, now.getEpochSecond());
      double ratio = Staleness.of(next, check).ratio();
      if (ratio < bestRatio) {
        best = next;
        bestRatio = ratio;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    put(best);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d causes among %d series; %.0f of 100 do not hold on the %d steps after",
            best.causes().size(),
            best.ids().size(),
            100 * bestRatio,
            fresh));
  }

  /// So many steps that end so many before the last.
  private static Table before(Table table, int steps, int skip) {
    int to = table.steps() - skip;
    double[][] values = new double[table.values().length][];
    for (int i = 0; i < values.length; i++) {
      values[i] = Arrays.copyOfRange(table.values()[i], Math.max(0, to - steps), to);
    }
    return new Table(
        table.ids(), table.newest() - (long) skip * table.step(), table.step(), values);
  }

  /// Durable when it returns.
  void put(CausalGraph graph) throws IOException {
    WholeFile.write(file, graph.toBytes());
    current = Optional.of(graph);
  }

  void putBack(byte[] bytes) throws IOException {
    put(read(bytes));
  }

  void forget() throws IOException {
    Files.deleteIfExists(file);
    current = Optional.empty();
  }

  /// What was measured of the graph's series lately.
  Optional<Table> observed(CausalGraph graph, int steps) {
    return Table.all(source, graph.ids(), steps, Math.min(steps, least()));
  }
}
