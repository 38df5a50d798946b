package io.grace.domains.temporal;

import io.grace.core.model.Hash;
import io.grace.domains.series.Recorded;
import io.grace.domains.series.SeriesId;
import io.grace.domains.series.SeriesSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Series that were measured at the same moments. Its arrays belong to whoever asked.
///
/// @param newest second of the last moment
/// @param values one array a series, the oldest first, equally long
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
record Table(List<SeriesId> ids, long newest, int step, double[][] values) {
  /// A series that was silent for longer than this says nothing of now.
  private static final int LATE_STEPS = 8;

  int steps() {
    return values.length == 0 ? 0 : values[0].length;
  }

  /// What is known of these series at common moments; those that are too short, too late or never
  /// move are left out, for nothing can be learnt from them.
  ///
  /// @param least steps that are wanted of each
  /// @return empty if fewer than two are left
  static Optional<Table> moving(
      SeriesSource source, Collection<SeriesId> wanted, int length, int least) {
    return of(source, wanted, length, least, one -> !isConstant(one));
  }

  /// The same of all of these.
  ///
  /// @return empty if one is missing, too short or too late
  static Optional<Table> all(
      SeriesSource source, Collection<SeriesId> wanted, int length, int least) {
    return of(source, wanted, length, least, _ -> true)
        .filter(table -> table.ids().size() == wanted.size());
  }

  private static Optional<Table> of(
      SeriesSource source,
      Collection<SeriesId> wanted,
      int length,
      int least,
      Predicate<Recorded> isGood) {
    var found = new ArrayList<Recorded>();
    long newest = 0;
    for (SeriesId id : wanted.stream().sorted().toList()) {
      Optional<Recorded> one = source.newest(id, length + LATE_STEPS);
      if (one.isPresent() && one.get().values().length >= least && isGood.test(one.get())) {
        found.add(one.get());
        newest = Math.max(newest, one.get().newest());
      }
    }
    long latest = newest;
    found.removeIf(one -> latest - one.newest() > (long) LATE_STEPS * one.step());
    if (found.size() < 2) {
      return Optional.empty();
    }
    long common = found.stream().mapToLong(Recorded::newest).min().orElseThrow();
    List<Recorded> until = found.stream().map(one -> one.until(common)).toList();
    int steps =
        Math.min(length, until.stream().mapToInt(one -> one.values().length).min().orElseThrow());
    if (steps < least - LATE_STEPS) {
      return Optional.empty();
    }
    return Optional.of(
        new Table(
            until.stream().map(Recorded::id).toList(),
            common,
            until.getFirst().step(),
            until.stream().map(one -> one.last(steps).values()).toArray(double[][]::new)));
  }

  private static boolean isConstant(Recorded one) {
    double first = one.values()[0];
    return Arrays.stream(one.values()).allMatch(v -> v == first);
  }

  Hash hash() {
    var digest = Hash.newSha256();
    for (int i = 0; i < ids.size(); i++) {
      digest.update(new Recorded(ids.get(i), newest, step, values[i]).hash().bytes());
    }
    return Hash.of(digest.digest());
  }
}
