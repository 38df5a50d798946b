package io.grace.intelligence.pattern;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/// Offers seeded events to a miner, those of a cause before their effects. *Owned by one test.*
final class Stream {
  static final double DAY = 86_400;

  record Event(double second, String kind, int place) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return Double.compare(second, other.second);
    }
  }

  private final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();

  Stream(long seed) {
    random = new Random(seed);
  }

  /// @param perDay how many a day, by the second
  Stream alone(String kind, double from, double to, double most, DoubleUnaryOperator perDay) {
    double at = from;
    while (true) {
      at -= Math.log(1 - random.nextDouble()) * DAY / most;
      if (at >= to) {
        return this;
      }
      if (random.nextDouble() * most < perDay.applyAsDouble(at)) {
        events.add(new Event(at, kind, 0));
      }
    }
  }

  Stream alone(String kind, double days, double perDay) {
    return alone(kind, 0, days * DAY, perDay, at -> perDay);
  }

  /// What is there of the cause by now has that effect, until `to`.
  Stream follows(String cause, String effect, double share, double lag, double to) {
    for (Event event : events.toArray(new Event[0])) {
      if (event.kind.equals(cause) && event.second < to && random.nextDouble() < share) {
        double later = event.second + lag * (0.5 + random.nextDouble());
        events.add(new Event(later, effect, event.place));
      }
    }
    return this;
  }

  /// Offers all, with a review every six hours.
  ///
  /// @return the last second
  double offerTo(RuleMiner miner) {
    double review = DAY / 4;
    double last = 0;
    while (!events.isEmpty()) {
      Event event = events.poll();
      while (event.second > review) {
        miner.review(review);
        review += DAY / 4;
      }
      miner.offer(event.second, event.kind, event.place);
      last = event.second;
    }
    miner.review(last);
    return last;
  }
}
