package io.grace.runtime.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/// Keeps those memories of the regions looked into that are nearest to a place. *Owned by one
/// thread.*
final class Nearest {
  private final Allowed allowed;
  private final int version;
  private final float[] place;
  private final int most;
  private final PriorityQueue<Near> best =
      new PriorityQueue<>(Comparator.comparingDouble(Near::closeness));

  /// @param version of the [Gist] that knows the place
  Nearest(Allowed allowed, int version, float[] place, int most) {
    this.allowed = allowed;
    this.version = version;
    this.place = place;
    this.most = most;
  }

  private record Near(double closeness, BytesRef row) {}

  /// Compares those of a region that are in one segment.
  void look(LeafReaderContext leaf, PostingsEnum region) throws IOException {
    Allowed.Mesh mesh = allowed.mesh(leaf);
    BinaryDocValues rows = DocValues.getBinary(leaf.reader(), DomainIndex.ROW);
    Bits living = leaf.reader().getLiveDocs();
    for (int doc = region.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = region.nextDoc()) {
      boolean isLiving = living == null || living.get(doc);
      if (isLiving && mesh.lets(doc) && rows.advanceExact(doc)) {
        consider(rows.binaryValue());
      }
    }
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

  /// The nearest first.
  List<Hit> hits() {
    var all = new ArrayList<>(best);
    all.sort(Comparator.comparingDouble(Near::closeness).reversed());
    return all.stream().map(near -> Hit.of(near.row(), 0, near.closeness())).toList();
  }
}
