package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Grant;
import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;

/// What is granted, of the wanted time and not expired. *Immutable.*
final class Allowed {
  private final boolean[] granted = new boolean[Cell.COUNT];
  private final long from;
  private final long until;
  private final long now;

  Allowed(Grant grant, Words words) {
    grant.cells().keySet().forEach(cell -> granted[cell.index()] = true);
    this.from = words.from().map(Row::micros).orElse(Long.MIN_VALUE);
    this.until = words.until().map(Row::micros).orElse(Long.MAX_VALUE);
    this.now = Row.micros(words.now());
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
}
