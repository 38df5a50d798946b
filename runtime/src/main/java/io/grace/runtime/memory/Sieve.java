package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Grant;
import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/// Lets only what is granted, of the wanted time and not expired get among the best.
///
/// It looks at the few memories that score well enough, instead of having a list of all that are
/// allowed take part in the search: the lists of words are then skipped as if there were no filter.
final class Sieve implements CollectorManager<Sieve.Sifting, TopDocs> {
  private final TopScoreDocCollectorManager best;
  private final boolean[] granted = new boolean[Cell.COUNT];
  private final long from;
  private final long until;
  private final long now;

  Sieve(TopScoreDocCollectorManager best, Grant grant, Words words) {
    this.best = best;
    grant.cells().keySet().forEach(cell -> granted[cell.index()] = true);
    this.from = words.from().map(Row::micros).orElse(Long.MIN_VALUE);
    this.until = words.until().map(Row::micros).orElse(Long.MAX_VALUE);
    this.now = Row.micros(words.now());
  }

  @Override
  public Sifting newCollector() {
    return new Sifting(best.newCollector());
  }

  @Override
  public TopDocs reduce(Collection<Sifting> all) throws IOException {
    return best.reduce(all.stream().map(s -> s.inner).toList());
  }

  /// Whether a memory of one segment may be told; asked in ascending order.
  interface Mesh {
    boolean lets(int doc) throws IOException;
  }

  Mesh mesh(LeafReaderContext leaf) throws IOException {
    NumericDocValues cells = DocValues.getNumeric(leaf.reader(), DomainIndex.CELL);
    NumericDocValues times = DocValues.getNumeric(leaf.reader(), DomainIndex.AT);
    NumericDocValues ends = DocValues.getNumeric(leaf.reader(), DomainIndex.EXPIRES);
    return doc ->
        cells.advanceExact(doc)
            && granted[(int) cells.longValue()]
            && ends.advanceExact(doc)
            && ends.longValue() > now
            && times.advanceExact(doc)
            && times.longValue() >= from
            && times.longValue() < until;
  }

  /// One thread's share.
  final class Sifting implements Collector {
    private final TopScoreDocCollector inner;

    Sifting(TopScoreDocCollector inner) {
      this.inner = inner;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
      Mesh mesh = mesh(leaf);
      return new FilterLeafCollector(inner.getLeafCollector(leaf)) {
        @Override
        public void collect(int doc) throws IOException {
          if (mesh.lets(doc)) {
            in.collect(doc);
          }
        }
      };
    }

    @Override
    public ScoreMode scoreMode() {
      return inner.scoreMode();
    }
  }
}
