package io.grace.intelligence.anomaly;

import java.time.Duration;
import java.util.Arrays;

/// Every kind of [Evidence] on one series, each told as a rarity in its own past, and the power
/// mean of them: one that is sure counts for more than several that are not, and none decides
/// alone. *Owned by one series; not thread-safe.*
final class Ensemble {
  private static final int KIND = 0xE25E;
  private static final int VERSION = 1;

  /// Between the mean, which lets one that is sure be outvoted, and the maximum, which lets the
  /// noisiest rule.
  private static final double POWER = 3;

  /// A forest of 30 trees of 128 stretches of 8 readings did no better, at four times the room.
  private static final int TREES = 20;

  private static final int SAMPLE = 64;
  private static final int SHINGLE = 4;
  private static final int PARTS_OF_DAY = 48;
  private static final int KEPT_PER_PART = 48;
  private static final int PARTS_OF_WEEK = 168;
  private static final int KEPT_PER_HOUR_OF_WEEK = 24;
  private static final int LEAST_KNOWN = 3;
  private static final int LIKELIHOOD_LENGTH = 10;

  /// After a gap of so many steps the last reading says nothing of the next.
  private static final double GAP_STEPS = 24;

  /// So that a spread of nothing does not make the smallest change infinitely strange.
  private static final double LEAST_SPREAD = 0.1;

  /// Readings are held as `float` in places; what is smaller than this share of a reading is noise.
  private static final double RESOLUTION = 1e-6;

  private final LogScale scale = new LogScale();
  private final SeasonalQuantiles day = day();
  private final SeasonalQuantiles dayRatio = day();
  private final SeasonalQuantiles week =
      new SeasonalQuantiles(Duration.ofDays(7), PARTS_OF_WEEK, KEPT_PER_HOUR_OF_WEEK);
  private final ForecastBlend forecast = new ForecastBlend();
  private final ForecastBlend forecastRatio = new ForecastBlend();
  private final LevelChange change = new LevelChange(6, 96);
  private final Discord discord = new Discord(16, 1500);
  private final RandomCutForest forest;
  private final AnomalyLikelihood likelihood = new AnomalyLikelihood(LIKELIHOOD_LENGTH);
  private final TailProbability[] tails = new TailProbability[Evidence.LIKELIHOOD.ordinal()];

  /// Of the newest reading, by evidence; NaN where there is none.
  private final double[] rarities = new double[Evidence.COUNT];

  Ensemble(long seed) {
    forest = new RandomCutForest(TREES, SAMPLE, SHINGLE, seed);
    Arrays.setAll(tails, i -> new TailProbability());
  }

  private static SeasonalQuantiles day() {
    return new SeasonalQuantiles(Duration.ofDays(1), PARTS_OF_DAY, KEPT_PER_PART);
  }

  double rarity(Evidence evidence) {
    return rarities[evidence.ordinal()];
  }

  /// @param value finite
  /// @param stepsSince how many usual steps lie between the last reading and this one
  /// @return how rare the reading is, all in all
  double learn(long epochSecond, double value, double stepsSince) {
    double ratio = scale.learn(value);
    weigh(epochSecond, value, ratio, stepsSince > GAP_STEPS);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < tails.length; i++) {
      if (!Double.isNaN(rarities[i])) {
        sum += StrictMath.pow(rarities[i], POWER);
        count++;
      }
    }
    double alone = StrictMath.pow(sum / count, 1 / POWER);
    double inRow = likelihood.learn(alone);
    rarities[Evidence.LIKELIHOOD.ordinal()] = inRow;
    return StrictMath.pow((sum + StrictMath.pow(inRow, POWER)) / (count + 1), 1 / POWER);
  }

  private void weigh(long time, double value, double ratio, boolean isAfterGap) {
    double median = day.quantile(time, 0.5);
    double medianRatio = dayRatio.quantile(time, 0.5);
    double noise = RESOLUTION * Math.abs(value);
    double noiseRatio = RESOLUTION * Math.abs(ratio);
    double expected = forecast.expect(median, week.quantile(time, 0.5));
    double expectedRatio = forecastRatio.expect(medianRatio, Double.NaN);
    double usual = Double.isNaN(median) ? forecast.level() : median;
    double usualRatio = Double.isNaN(medianRatio) ? forecastRatio.level() : medianRatio;
    weigh(Evidence.SEASON, Math.abs(value - usual), noise);
    weigh(Evidence.SEASON_RATIO, Math.abs(ratio - usualRatio), noiseRatio);
    weigh(Evidence.SEASON_SPREAD, spreads(time, value, median, noise), RESOLUTION);
    double gap = isAfterGap ? Double.NaN : 0;
    weigh(Evidence.FORECAST, Math.abs(value - expected) + gap, noise);
    weigh(Evidence.FORECAST_RATIO, Math.abs(ratio - expectedRatio) + gap, noiseRatio);
    weigh(Evidence.STEP, forecast.step(value) + gap, noise);
    forecast.learn(value);
    forecastRatio.learn(ratio);
    day.learn(time, value);
    dayRatio.learn(time, ratio);
    week.learn(time, value);
    change.learn(value);
    weigh(Evidence.CHANGE, change.distance(0), noise);
    weigh(Evidence.LONG_CHANGE, change.distance(1), noise);
    weigh(Evidence.DISCORD, discord.learn(value), noise);
    weigh(Evidence.FOREST, forest.learn(ratio), 0);
  }

  /// How many usual spreads the value is from the median of its time of the day.
  private double spreads(long time, double value, double median, double noise) {
    if (day.known(time) < LEAST_KNOWN) {
      return Double.NaN;
    }
    double half = (day.quantile(time, 0.9) - day.quantile(time, 0.1)) / 2;
    double spread = half + LEAST_SPREAD * change.spread();
    return spread > noise ? Math.abs(value - median) / spread : Double.NaN;
  }

  private void weigh(Evidence evidence, double magnitude, double noise) {
    int i = evidence.ordinal();
    rarities[i] =
        Double.isNaN(magnitude) ? Double.NaN : tails[i].learn(magnitude > noise ? magnitude : 0);
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION);
    scale.save(out);
    day.save(out);
    dayRatio.save(out);
    week.save(out);
    forecast.save(out);
    forecastRatio.save(out);
    change.save(out);
    discord.save(out);
    forest.save(out);
    likelihood.save(out);
    for (TailProbability tail : tails) {
      tail.save(out);
    }
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    scale.load(in);
    day.load(in);
    dayRatio.load(in);
    week.load(in);
    forecast.load(in);
    forecastRatio.load(in);
    change.load(in);
    discord.load(in);
    forest.load(in);
    likelihood.load(in);
    for (TailProbability tail : tails) {
      tail.load(in);
    }
  }
}
