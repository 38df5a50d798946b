package io.grace.intelligence.online;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Forecasts of very many series, point by point: a value goes in, and what is expected one lead
/// later comes out with a 95 % interval, in constant time and without allocation.
///
/// Give it levels, not counters: a counter's caller takes differences first. Each series is a slot,
/// a slice of primitive arrays that shares nothing with any other: what one series answers depends
/// on its own points alone, and [#exportState] moves it, live, to another bank of the same form.
///
/// What is missing may stay missing: with a lead in seconds a gap needs no rows and a value that is
/// no number is passed over, as is one that is not newer than the newest; with a lead in steps
/// every call is a row, whose value may be missing.
///
/// Memory grows by blocks of about a megabyte, so nothing is ever copied to grow. *Owned by one
/// thread at a time*; to use more, keep more banks.
public final class SeriesBank {
  /// Slots of a bank; more belong in more banks, which then also use more threads.
  private static final int MOST_SLOTS = 1 << 24;

  private static final int BLOCK_BYTES = 1 << 20;

  private record Block(float[] floats, int[] ints, double[] origins, long[] firsts) {}

  private final Layout layout;
  private final PointByPoint points;
  private final Slice slice = new Slice();
  private final int slotsPerBlock;
  private final List<Block> blocks = new ArrayList<>();
  private final BitSet open = new BitSet();
  private final ArrayDeque<Integer> freed = new ArrayDeque<>();
  private int used;

  public SeriesBank(Form form) {
    layout = new Layout(form);
    points = new PointByPoint(layout);
    slotsPerBlock = Math.max(1, BLOCK_BYTES / layout.bytes());
  }

  public Form form() {
    return layout.form;
  }

  /// Bytes that one series takes.
  public int bytesPerSeries() {
    return layout.bytes();
  }

  /// Series that are open.
  public int size() {
    return used - freed.size();
  }

  /// @return the slot of a series of which nothing is known yet
  public int open() {
    if (freed.isEmpty() && used == MOST_SLOTS) {
      throw new IllegalStateException("a bank has " + MOST_SLOTS + " slots: keep another");
    }
    int slot = freed.isEmpty() ? used++ : freed.pop();
    if (slot / slotsPerBlock == blocks.size()) {
      blocks.add(
          new Block(
              new float[slotsPerBlock * layout.floats],
              new int[slotsPerBlock * layout.ints],
              new double[slotsPerBlock],
              new long[slotsPerBlock]));
    }
    open.set(slot);
    points.reset(at(slot));
    return slot;
  }

  /// Forgets a series; its slot will be given to another.
  public void free(int slot) {
    at(slot);
    open.clear(slot);
    freed.push(slot);
  }

  /// @param epochSecond when it was measured
  /// @param value not finite if it is missing
  /// @return whether it was taken; not if it is missing, late or beyond all measure
  public boolean update(int slot, long epochSecond, double value) {
    Slice s = at(slot);
    Block block = blocks.get(slot / slotsPerBlock);
    int i = slot % slotsPerBlock;
    if (s.count(Layout.SEEN) == 0 && Math.abs(value) <= PointByPoint.MOST) {
      block.origins[i] = value;
      block.firsts[i] = epochSecond;
    }
    return points.update(s, block.firsts[i], epochSecond, value - block.origins[i]);
  }

  /// What is expected one lead after the newest value; not a number before any.
  public double forecast(int slot) {
    Slice s = at(slot);
    return s.count(Layout.SEEN) == 0 ? Double.NaN : origin(slot) + s.get(Layout.FORECAST);
  }

  /// The lower bound of the 95 % interval; never above the forecast.
  public double low(int slot) {
    return forecast(slot) - PointByPoint.below(at(slot));
  }

  /// The upper bound of the 95 % interval; never below the forecast.
  public double high(int slot) {
    return forecast(slot) + PointByPoint.above(at(slot));
  }

  /// The standard deviation of the forecast's error; 0 before the first is known.
  public double deviation(int slot) {
    return PointByPoint.deviation(at(slot));
  }

  /// Forecasts whose actual value is known; with few of them, neither forecast nor interval means
  /// much.
  public int scored(int slot) {
    return at(slot).count(Layout.SCORED);
  }

  /// Whether the answer is a model's. If not, no model has been better than the last value of late,
  /// and the last value is the answer.
  public boolean isModelled(int slot) {
    return points.answering(at(slot)) != Experts.NAIVE;
  }

  /// All that is known of a series, for [#importState] of a bank of the same form. The series stays
  /// here too until it is freed.
  public byte[] exportState(int slot) {
    Slice s = at(slot);
    Block block = blocks.get(slot / slotsPerBlock);
    int i = slot % slotsPerBlock;
    var beside = new StateCodec.Moved(block.origins[i], block.firsts[i]);
    return StateCodec.write(layout, s, beside);
  }

  /// Puts a series into an open slot, in place of what was there.
  ///
  /// @throws IllegalArgumentException if the bytes are of another version or form, or damaged; then
  ///   the slot is as it was
  public void importState(int slot, byte[] state) {
    StateCodec.Moved beside = StateCodec.read(layout, at(slot), state);
    Block block = blocks.get(slot / slotsPerBlock);
    block.origins[slot % slotsPerBlock] = beside.origin();
    block.firsts[slot % slotsPerBlock] = beside.first();
  }

  private double origin(int slot) {
    return blocks.get(slot / slotsPerBlock).origins[slot % slotsPerBlock];
  }

  private Slice at(int slot) {
    if (slot < 0 || !open.get(slot)) {
      throw new IllegalArgumentException("slot must be open: " + slot);
    }
    Block block = blocks.get(slot / slotsPerBlock);
    slice.f = block.floats;
    slice.n = block.ints;
    slice.at = slot % slotsPerBlock * layout.floats;
    slice.nAt = slot % slotsPerBlock * layout.ints;
    return slice;
  }
}
