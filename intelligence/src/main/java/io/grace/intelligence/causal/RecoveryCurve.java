package io.grace.intelligence.causal;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.BetaDistribution;

/// How many incidents of a kind recover alone, and how fast, learned also from those whose end
/// nobody saw because somebody acted: the product-limit estimate (Kaplan & Meier, *Nonparametric
/// estimation from incomplete observations*, JASA 53, 1958) over slots of time, each slot's chance
/// of recovery a Beta distribution. What is believed before counts as so many incidents (the
/// beta-Stacy process: Walker & Muliere, *Beta-Stacy processes and a generalization of the
/// Pólya-urn scheme*, Annals of Statistics 25, 1997). An incident that ended unseen counts half in
/// its last slot, as actuaries do. After the last slot its chance goes on.
///
/// It is fair where, among incidents of the kind that lasted as long, those acted on were no others
/// than those not acted on. *Owned by one thread.*
public final class RecoveryCurve {
  public static final int MOST_SLOTS = 1_024;
  private static final int KIND = 0x52_43_55_52;
  private static final int VERSION = 1;

  private final Shape shape;
  private final double[] recovered;
  private final double[] atRisk;

  /// What a curve is made of.
  ///
  /// @param slotMs how long a slot is
  /// @param slots how many there are
  /// @param believedShare of incidents that are believed to recover within all slots, in (0, 1)
  /// @param strength how many incidents this belief is worth, > 0
  public record Shape(long slotMs, int slots, double believedShare, double strength) {
    public Shape {
      if (slotMs < 1 || slots < 1 || slots > MOST_SLOTS) {
        throw new IllegalArgumentException(
            "wanted slots of 1 ms or more, 1 to %d of them: %d, %d"
                .formatted(MOST_SLOTS, slotMs, slots));
      }
      if (!(believedShare > 0 && believedShare < 1 && strength > 0 && strength < 1e9)) {
        throw new IllegalArgumentException(
            "share must be in (0, 1), strength positive: %s, %s"
                .formatted(believedShare, strength));
      }
    }

    /// Believed chance of recovery in a slot, the same in all.
    private double believedChance() {
      return 1 - Math.pow(1 - believedShare, 1.0 / slots);
    }
  }

  /// A probability and where it lies with 90 % certainty.
  public record Estimate(double mean, double low, double high) {}

  public RecoveryCurve(Shape shape) {
    this.shape = shape;
    recovered = new double[shape.slots];
    atRisk = new double[shape.slots];
  }

  /// An incident recovered, and nobody had acted.
  public void recovered(long afterMs) {
    int slot = lasted(afterMs);
    if (slot < shape.slots) {
      recovered[slot]++;
      atRisk[slot]++;
    }
  }

  /// Somebody acted on an incident that had not recovered, or it was watched no longer.
  public void endedUnseen(long afterMs) {
    int slot = lasted(afterMs);
    if (slot < shape.slots) {
      atRisk[slot] += 0.5;
    }
  }

  /// Counts the slots that an incident outlasted.
  private int lasted(long afterMs) {
    if (afterMs < 0) {
      throw new IllegalArgumentException("an incident lasts 0 ms or more: " + afterMs);
    }
    int slot = (int) Math.min(shape.slots, afterMs / shape.slotMs);
    for (int i = 0; i < slot; i++) {
      atRisk[i]++;
    }
    return slot;
  }

  /// Old incidents count less from now on.
  ///
  /// @param keep share of their weight that is kept, in (0, 1]
  public void decay(double keep) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep must be in (0, 1]: " + keep);
    }
    for (int i = 0; i < recovered.length; i++) {
      recovered[i] *= keep;
      atRisk[i] *= keep;
    }
  }

  /// How likely an incident of some age recovers alone before another age.
  public Estimate recoversBetween(long ageMs, long untilMs) {
    double[] gradient = new double[shape.slots];
    double mean = 1 - lastsBetween(ageMs, untilMs, 1, gradient);
    return estimate(mean, variance(gradient));
  }

  /// The distribution of a chance with this mean and variance, taken for a Beta distribution.
  private static Estimate estimate(double mean, double variance) {
    double most = mean * (1 - mean);
    if (most <= 0 || variance <= 1e-12 * most) {
      return new Estimate(mean, mean, mean);
    }
    double size = Math.max(0.1, most / variance - 1);
    var beta = new BetaDistribution(mean * size, (1 - mean) * size);
    return new Estimate(
        mean, beta.inverseCumulativeProbability(0.05), beta.inverseCumulativeProbability(0.95));
  }

  /// How likely an incident of some age is still there at another.
  ///
  /// @param weight with which its derivatives are added
  /// @param gradient by the chance of each slot
  double lastsBetween(long ageMs, long untilMs, double weight, double[] gradient) {
    if (ageMs < 0 || untilMs < ageMs) {
      throw new IllegalArgumentException(
          "wanted ages from 0 on, the later one last: %d, %d".formatted(ageMs, untilMs));
    }
    double[] spent = new double[shape.slots];
    double log = 0;
    double believed = shape.strength;
    for (int slot = 0; slot < shape.slots; slot++) {
      boolean isLast = slot == shape.slots - 1;
      double from = Math.max(0, (double) ageMs / shape.slotMs - slot);
      double to = Math.max(0, (double) untilMs / shape.slotMs - slot);
      spent[slot] = isLast ? to - from : Math.min(1, to) - Math.min(1, from);
      log += spent[slot] * Math.log1p(-chance(slot, believed));
      believed *= 1 - shape.believedChance();
    }
    double lasts = Math.exp(log);
    believed = shape.strength;
    for (int slot = 0; slot < shape.slots; slot++) {
      gradient[slot] += weight * spent[slot] * lasts / (1 - chance(slot, believed));
      believed *= 1 - shape.believedChance();
    }
    return lasts;
  }

  private double chance(int slot, double believed) {
    return (recovered[slot] + believed * shape.believedChance()) / (atRisk[slot] + believed);
  }

  /// Of a function of the chances, to first order; the chances are independent of each other.
  double variance(double[] gradient) {
    double variance = 0;
    double believed = shape.strength;
    for (int slot = 0; slot < shape.slots; slot++) {
      double chance = chance(slot, believed);
      double ofChance = chance * (1 - chance) / (atRisk[slot] + believed + 1);
      variance += gradient[slot] * gradient[slot] * ofChance;
      believed *= 1 - shape.believedChance();
    }
    return variance;
  }

  Shape shape() {
    return shape;
  }

  /// How many incidents it has seen begin, decay included.
  public double incidents() {
    return atRisk[0];
  }

  /// The counts, without what was believed.
  public byte[] toBytes() {
    var out = new Packing(KIND, VERSION);
    out.wide(shape.slotMs);
    out.doubles(recovered);
    out.doubles(atRisk);
    return out.sealed();
  }

  /// @param shape as that of the curve that was written
  /// @throws IllegalArgumentException if the bytes are damaged or of another shape
  public static RecoveryCurve of(Shape shape, byte[] bytes) {
    var curve = new RecoveryCurve(shape);
    var in = new Unpacking(bytes, KIND, VERSION);
    long slotMs = in.wide();
    double[] recovered = in.doubles();
    double[] atRisk = in.doubles();
    in.end();
    boolean isSame =
        slotMs == shape.slotMs && recovered.length == shape.slots && atRisk.length == shape.slots;
    boolean areCounts = isSame && Arrays.stream(atRisk).allMatch(n -> n >= 0 && n < 1e300);
    for (int i = 0; areCounts && i < recovered.length; i++) {
      areCounts = recovered[i] >= 0 && recovered[i] <= atRisk[i];
    }
    if (!areCounts) {
      throw new IllegalArgumentException(
          "wanted %d slots of %d ms with counts: %d of %d ms"
              .formatted(shape.slots, shape.slotMs, recovered.length, slotMs));
    }
    System.arraycopy(recovered, 0, curve.recovered, 0, recovered.length);
    System.arraycopy(atRisk, 0, curve.atRisk, 0, atRisk.length);
    return curve;
  }
}
