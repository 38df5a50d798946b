package io.grace.intelligence.pattern;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Learns from a stream of events which kind follows which, and says what to expect next. *Owned by
/// one thread*; holds no clock, chance or anything shared, and moves as bytes.
///
/// [#offer] counts, in O(kinds + places); [#review] tests all pairs on these counts and on the
/// newest events ([PairTest], [Granger], [FalseDiscovery]), finds new rules and drops those that no
/// longer hold. Between the two nothing is a rule that was not tested. A rule is dropped when the
/// cases since speak for chance rather than for it by e^[#MOST_DOUBT] (Page, *Continuous Inspection
/// Schemes*, 1954), and must then prove itself anew from nothing; or when its q-value rises to
/// [#LEAVE] times what let it in.
public final class RuleMiner {
  private static final int STATE = 0x52554c45;
  private static final int VERSION = 1;

  /// A thousand to one.
  private static final double MOST_DOUBT = 6.9;

  /// So that a rule at the edge does not come and go.
  private static final double LEAVE = 4;

  /// Three thousand years.
  private static final double MOST_SECONDS = 1e11;

  private final MinerSettings settings;
  private final Counts counts;
  private final RecentEvents recent;
  private final Slots<String> kinds;
  private final Slots<Integer> places;

  /// By place and kind: the newest event, or −∞.
  private final double[][] last;

  /// By pair, `cause × kinds + effect`: from when on it is counted.
  private final double[] since;

  private final TreeMap<Integer, Rule> rules;
  private double newest = Double.NEGATIVE_INFINITY;

  public RuleMiner(MinerSettings settings) {
    this(settings, new Counts(settings), new RecentEvents());
  }

  private RuleMiner(MinerSettings settings, Counts counts, RecentEvents recent) {
    this.settings = settings;
    this.counts = counts;
    this.recent = recent;
    kinds = new Slots<>(settings.mostKinds());
    places = new Slots<>(settings.mostPlaces());
    last = new double[settings.mostPlaces()][settings.mostKinds()];
    for (double[] row : last) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    since = new double[settings.mostKinds() * settings.mostKinds()];
    Arrays.fill(since, Double.NEGATIVE_INFINITY);
    rules = new TreeMap<>();
  }

  /// What a review changed.
  ///
  /// @param found new rules, and `dropped` ones as they were last told
  public record Review(List<Rule> found, List<Rule> dropped) {}

  /// @param second since 1970 in UTC, for the hour of the day; one before the newest counts as that
  /// @param kind what happened, of 1 to 200 characters; the kind with the least support makes room
  ///   for one too many
  /// @param place only events at one place are related; the place not seen for longest makes room
  public void offer(double second, String kind, int place) {
    wantSecond(second);
    if (kind.isEmpty() || kind.length() > 200) {
      throw new IllegalArgumentException("kind must have 1 to 200 characters: " + kind.length());
    }
    double now = Math.max(second, newest);
    moveTo(now);
    int k = kindSlot(kind);
    int p = placeSlot(place);
    double[] at = last[p];
    counts.events[k][Counts.hour(now)] += counts.weight;
    counts.eventsByPlace[k][p] += counts.weight;
    counts.opens(k, now, at[k], settings.horizonSeconds());
    for (int other = 0; other < kinds.size(); other++) {
      if (other != k) {
        follows(other, k, now, at);
        opens(k, other, now, at);
      }
    }
    at[k] = now;
    recent.add(now, k, p);
  }

  private static void wantSecond(double second) {
    if (!(Math.abs(second) <= MOST_SECONDS)) {
      throw new IllegalArgumentException("second must be in [-1e11, 1e11]: " + second);
    }
  }

  private void moveTo(double now) {
    if (newest == Double.NEGATIVE_INFINITY) {
      newest = now;
    }
    counts.watch(newest, now);
    newest = now;
  }

  private int kindSlot(String kind) {
    int slot = kinds.find(kind);
    if (slot < 0 && kinds.size() < settings.mostKinds()) {
      slot = kinds.add(kind);
    } else if (slot < 0) {
      slot = 0;
      for (int k = 1; k < kinds.size(); k++) {
        slot = counts.support(k) < counts.support(slot) ? k : slot;
      }
      int gone = slot;
      int n = settings.mostKinds();
      rules.keySet().removeIf(pair -> pair / n == gone || pair % n == gone);
      counts.forgetKind(slot);
      recent.forgetKind(slot);
      for (double[] row : last) {
        row[slot] = Double.NEGATIVE_INFINITY;
      }
      for (int other = 0; other < n; other++) {
        since[slot * n + other] = newest;
        since[other * n + slot] = newest;
      }
      kinds.replace(slot, kind);
    }
    return slot;
  }

  private int placeSlot(int place) {
    int slot = places.find(place);
    if (slot < 0 && places.size() < settings.mostPlaces()) {
      slot = places.add(place);
      counts.places = places.size();
    } else if (slot < 0) {
      slot = 0;
      for (int p = 1; p < places.size(); p++) {
        slot = newestAt(p) < newestAt(slot) ? p : slot;
      }
      counts.forgetPlace(slot);
      recent.forgetPlace(slot);
      Arrays.fill(last[slot], Double.NEGATIVE_INFINITY);
      places.replace(slot, place);
    }
    return slot;
  }

  private double newestAt(int place) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < kinds.size(); k++) {
      most = Math.max(most, last[place][k]);
    }
    return most;
  }

  /// The event is, perhaps, the effect of a cause that came before.
  private void follows(int cause, int effect, double now, double[] at) {
    double horizon = settings.horizonSeconds();
    double lag = now - at[cause];
    int pair = cause * counts.kinds + effect;
    if (lag <= 0 || lag > Counts.FAR * horizon) {
      return;
    }
    if (lag > horizon) {
      counts.far[pair] += counts.weight;
      return;
    }
    int step = 0;
    while (lag > Counts.WINDOWS[step] * horizon) {
      step++;
    }
    counts.every[pair][step] += counts.weight;
    if (at[effect] > at[cause]) {
      return;
    }
    counts.first[pair][step] += counts.weight;
    Rule rule = rules.get(pair);
    if (rule != null && lag <= rule.withinSeconds()) {
      counts.cameTrue[pair] += counts.weight;
      double doubt = counts.doubt[pair] - Evidence.ofMiss(rule) - Evidence.ofHit(rule);
      counts.doubt[pair] = Math.max(0, doubt);
    }
  }

  /// The event is, perhaps, a cause: a new case, unless the last one still waits for its effect.
  private void opens(int cause, int effect, double now, double[] at) {
    boolean isWaiting = now - at[cause] <= settings.horizonSeconds() && at[effect] <= at[cause];
    if (isWaiting) {
      return;
    }
    int pair = cause * counts.kinds + effect;
    counts.cases[pair] += counts.weight;
    Rule rule = rules.get(pair);
    if (rule != null) {
      counts.foretold[pair] += counts.weight;
      // A miss until it is followed.
      counts.doubt[pair] += Evidence.ofMiss(rule);
    }
  }

  /// Tests every pair. O(kinds² × places + events kept × effects with candidates).
  ///
  /// @param second as of when; one before the newest event counts as that
  public Review review(double second) {
    wantSecond(second);
    if (recent.size() == 0) {
      return new Review(List.of(), List.of());
    }
    moveTo(Math.max(second, newest));
    List<Rule> dropped = new ArrayList<>();
    for (int pair : List.copyOf(rules.keySet())) {
      if (counts.doubt[pair] > MOST_DOUBT) {
        dropped.add(rules.remove(pair));
        counts.forgetPair(pair);
        since[pair] = newest;
      }
    }
    TreeMap<Integer, Rule> tested =
        new Verdicts(settings, counts, recent, kinds, since).rules(LEAVE * settings.mostWrong());
    List<Rule> found = new ArrayList<>();
    for (int pair : List.copyOf(rules.keySet())) {
      if (!tested.containsKey(pair)) {
        dropped.add(rules.remove(pair));
        counts.foretold[pair] = 0;
        counts.cameTrue[pair] = 0;
        counts.doubt[pair] = 0;
      }
    }
    tested.forEach((pair, rule) -> {
      if (rules.containsKey(pair)) {
        rules.put(pair, rule);
      } else if (rule.q() <= settings.mostWrong()) {
        rules.put(pair, rule);
        found.add(rule);
      }
    });
    return new Review(List.copyOf(found), List.copyOf(dropped));
  }

  /// As of the last review, surest first.
  public List<Rule> rules() {
    return rules.values().stream().sorted(Comparator.comparingDouble(Rule::p)).toList();
  }

  /// What is expected at `second`, likeliest first: the effect of every cause that came within its
  /// rule's window and was not followed yet. O(rules × places).
  public List<Prediction> predictions(double second) {
    List<Prediction> expected = new ArrayList<>();
    rules.forEach((pair, rule) -> {
      int cause = pair / counts.kinds;
      int effect = pair % counts.kinds;
      for (int p = 0; p < places.size(); p++) {
        double lag = second - last[p][cause];
        if (lag >= 0 && lag < rule.withinSeconds() && last[p][effect] <= last[p][cause]) {
          double by = lag < rule.mostSeconds() ? rule.mostSeconds() : rule.withinSeconds();
          expected.add(
              new Prediction(
                  rule,
                  places.name(p),
                  last[p][cause],
                  last[p][cause] + by,
                  stillComes(pair, rule, lag, by)));
        }
      }
    });
    expected.sort(Comparator.comparingDouble(Prediction::precision).reversed());
    return List.copyOf(expected);
  }

  /// Of the cases that waited that long in vain, those that were followed by then.
  private double stillComes(int pair, Rule rule, double lag, double by) {
    double before = Lags.upTo(counts.first[pair], lag / settings.horizonSeconds());
    double after = Lags.upTo(counts.first[pair], by / settings.horizonSeconds()) - before;
    double waited = counts.cases[pair] - before;
    double share = (after / counts.weight + 0.5) / (Math.max(after, waited) / counts.weight + 1);
    return Math.min(1, share * rule.precision() / rule.confidence());
  }

  /// All of it; the same bits on the way back.
  public byte[] bytes() {
    var to = new Packing(STATE, VERSION);
    to.number(settings.horizonSeconds());
    to.number(settings.halfLifeSeconds());
    to.integer(settings.mostKinds());
    to.integer(settings.mostPlaces());
    to.number(settings.minSupport());
    to.number(settings.mostWrong());
    MinerState.write(to, kinds, places, last, since, rules);
    to.number(newest);
    counts.write(to, kinds.size());
    recent.write(to);
    return to.sealed();
  }

  /// @throws IllegalArgumentException if the bytes are damaged or of another version
  public static RuleMiner of(byte[] bytes) {
    var from = new Unpacking(bytes, STATE, VERSION);
    var settings =
        new MinerSettings(
            from.number(),
            from.number(),
            from.integer(),
            from.integer(),
            from.number(),
            from.number());
    var state = MinerState.read(from, settings);
    double newest = from.number();
    if (Double.isNaN(newest) || newest == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("the newest second must be a number: " + newest);
    }
    Counts counts = Counts.read(from, settings, state.kinds().size(), state.places().size());
    var recent = RecentEvents.read(from, state.kinds().size(), state.places().size());
    from.end();
    var miner = new RuleMiner(settings, counts, recent);
    state.copyTo(miner.kinds, miner.places, miner.last, miner.since, miner.rules);
    miner.newest = newest;
    return miner;
  }
}
