package io.grace.runtime.memory;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/// Lets only what is [Allowed] get among the best.
///
/// It looks at the few memories that score well enough, instead of having a list of all that are
/// allowed take part in the search: the lists of words are then skipped as if there were no filter.
final class Sieve implements CollectorManager<Sieve.Sifting, TopDocs> {
  private final TopScoreDocCollectorManager best;
  private final Allowed allowed;

  Sieve(TopScoreDocCollectorManager best, Allowed allowed) {
    this.best = best;
    this.allowed = allowed;
  }

  @Override
  public Sifting newCollector() {
    return new Sifting(best.newCollector());
  }

  @Override
  public TopDocs reduce(Collection<Sifting> all) throws IOException {
    return best.reduce(all.stream().map(s -> s.inner).toList());
  }

  /// One thread's share.
  final class Sifting implements Collector {
    private final TopScoreDocCollector inner;

    Sifting(TopScoreDocCollector inner) {
      this.inner = inner;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
      Allowed.Mesh mesh = allowed.mesh(leaf);
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
