package io.grace.runtime.memory;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.util.BytesRef;

/// Keeps those memories of the regions looked into that are nearest to a place.
final class Nearest implements CollectorManager<Nearest.Kept, List<Hit>> {
  private final Sieve sieve;
  private final int version;
  private final float[] place;
  private final int most;

  Nearest(Sieve sieve, int version, float[] place, int most) {
    this.sieve = sieve;
    this.version = version;
    this.place = place;
    this.most = most;
  }

  @Override
  public Kept newCollector() {
    return new Kept();
  }

  @Override
  public List<Hit> reduce(Collection<Kept> all) {
    return all.stream()
        .flatMap(kept -> kept.best.stream())
        .sorted(Comparator.comparingDouble(Near::closeness).reversed())
        .limit(most)
        .map(near -> Hit.of(near.row(), 0, near.closeness()))
        .toList();
  }

  private record Near(double closeness, BytesRef row) {}

  /// One thread's share.
  final class Kept implements Collector {
    private final PriorityQueue<Near> best =
        new PriorityQueue<>(Comparator.comparingDouble(Near::closeness));

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
      Sieve.Mesh mesh = sieve.mesh(leaf);
      BinaryDocValues rows = DocValues.getBinary(leaf.reader(), DomainIndex.ROW);
      return new LeafCollector() {
        @Override
        public void setScorer(Scorable scorer) {}

        @Override
        public void collect(int doc) throws IOException {
          if (mesh.lets(doc) && rows.advanceExact(doc)) {
            consider(rows.binaryValue());
          }
        }
      };
    }

    private void consider(BytesRef row) {
      double closeness = Hit.closeness(row, version, place);
      if (best.size() < most) {
        best.add(new Near(closeness, BytesRef.deepCopyOf(row)));
      } else if (closeness > best.element().closeness()) {
        best.remove();
        best.add(new Near(closeness, BytesRef.deepCopyOf(row)));
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
