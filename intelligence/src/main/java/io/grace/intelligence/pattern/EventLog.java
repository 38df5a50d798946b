package io.grace.intelligence.pattern;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/// Events in order of time, column by column. *Immutable* as long as nobody writes to the columns,
/// which are not copied: a log may be large.
///
/// @param kinds of the events, each in [0, `kindCount`)
/// @param places where they happened, each in [0, [#MOST_PLACES])
/// @param seconds when, from any origin, never falling
/// @param kindCount at most [#MOST_KINDS]
public record EventLog(int[] kinds, int[] places, double[] seconds, int kindCount) {
  /// What is kept of pairs grows with the square.
  public static final int MOST_KINDS = 512;

  /// Places are counted from 0, so that a large number would mean many.
  public static final int MOST_PLACES = 100_000;

  /// @throws IllegalArgumentException if the columns differ in length, a value is out of range or
  ///   time falls
  public EventLog {
    if (kinds.length != places.length || kinds.length != seconds.length) {
      throw new IllegalArgumentException(
          "wanted columns of one length: %d kinds, %d places, %d seconds"
              .formatted(kinds.length, places.length, seconds.length));
    }
    if (kindCount < 1 || kindCount > MOST_KINDS) {
      throw new IllegalArgumentException(
          "kinds must be in [1, %d]: %d".formatted(MOST_KINDS, kindCount));
    }
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] < 0 || kinds[i] >= kindCount) {
        throw new IllegalArgumentException(
            "event %d: kind must be in [0, %d): %d".formatted(i, kindCount, kinds[i]));
      }
      if (places[i] < 0 || places[i] >= MOST_PLACES) {
        throw new IllegalArgumentException(
            "event %d: place must be in [0, %d): %d".formatted(i, MOST_PLACES, places[i]));
      }
      if (!Double.isFinite(seconds[i]) || i > 0 && seconds[i] < seconds[i - 1]) {
        throw new IllegalArgumentException(
            "event %d: time must be finite and not fall: %s".formatted(i, seconds[i]));
      }
    }
  }

  public int size() {
    return kinds.length;
  }

  /// From the first event to the last, at least one second.
  double span() {
    return size() == 0 ? 1 : Math.max(1, seconds[size() - 1] - seconds[0]);
  }

  /// How many places the events name, counted from 0.
  int placeCount() {
    int most = 0;
    for (int place : places) {
      most = Math.max(most, place + 1);
    }
    return most;
  }

  int[] counts() {
    var counts = new int[kindCount];
    for (int kind : kinds) {
      counts[kind]++;
    }
    return counts;
  }

  /// The starts of episodes: without events that repeat one of their kind and place which is no
  /// more than `quiet` seconds old, itself a repeat or not.
  EventLog starts(double quiet) {
    if (quiet <= 0) {
      return this;
    }
    var last = new double[placeCount()][];
    var rows = new int[size()];
    int n = 0;
    for (int i = 0; i < size(); i++) {
      if (last[places[i]] == null) {
        last[places[i]] = new double[kindCount];
        Arrays.fill(last[places[i]], Double.NEGATIVE_INFINITY);
      }
      if (seconds[i] - last[places[i]][kinds[i]] > quiet) {
        rows[n++] = i;
      }
      last[places[i]][kinds[i]] = seconds[i];
    }
    return rows(Arrays.copyOf(rows, n), seconds);
  }

  /// The null: every kind is moved round the span by a time of its own, in whole seconds. What a
  /// kind does by itself and where stays; what it has to do with other kinds is lost.
  EventLog shuffled(Random random) {
    var shift = new double[kindCount];
    for (int k = 0; k < kindCount; k++) {
      shift[k] = Math.floor(random.nextDouble() * span());
    }
    double round = span() + 1;
    var moved = new double[size()];
    for (int i = 0; i < size(); i++) {
      moved[i] = (seconds[i] - seconds[0] + shift[kinds[i]]) % round;
    }
    int[] rows =
        IntStream.range(0, size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> moved[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    return rows(rows, moved);
  }

  private EventLog rows(int[] rows, double[] times) {
    var kindsOf = new int[rows.length];
    var placesOf = new int[rows.length];
    var secondsOf = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      kindsOf[i] = kinds[rows[i]];
      placesOf[i] = places[rows[i]];
      secondsOf[i] = times[rows[i]];
    }
    return new EventLog(kindsOf, placesOf, secondsOf, kindCount);
  }
}
