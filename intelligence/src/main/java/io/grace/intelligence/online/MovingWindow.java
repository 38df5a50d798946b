package io.grace.intelligence.online;

import java.util.Arrays;

/// Finds whether a series counts what happened within a moving window, such as orders of the last
/// twelve hours, and what will leave that window next.
///
/// Of xₜ = xₜ₋₁ + eₜ − eₜ₋ᵥ, what enters is news but what leaves is known: it entered v steps ago.
/// The changes of such a series have an autocorrelation of −½ at lag v and about none elsewhere
/// (Box & Jenkins, *Time Series Analysis*, 1970, §3.3, a moving average whose root is 1), by which
/// v is found among usual lengths; then eₜ = max(0, xₜ − xₜ₋₁ + eₜ₋ᵥ). That nothing enters less
/// than not at all also mends what was guessed wrongly before the first window was full.
///
/// Each step costs one look at each length; only when a length is found or lost, the memory is gone
/// through once. State is [#size] floats in a caller's array. Stateless itself.
final class MovingWindow {
  private static final int[] LENGTHS = {
    2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 18, 20, 24, 30, 36, 40, 48, 60, 72, 80, 90, 96, 120, 144, 180,
    240, 288, 336, 360, 480, 576, 720, 1008, 1440, 2016
  };

  /// Share of the newest step in the autocorrelations.
  private static final double NEWEST = 0.002;

  /// Half way to what a window of exactly this length would show.
  private static final double FOUND = -0.25;

  /// A better length must be better by so much, lest two of them take turns.
  private static final double BETTER = 0.05;

  /// Changes beyond so many mean ones count as that; one jump must not look like a pattern.
  private static final double CLIP = 3;

  /// Before so many steps chance can look like a pattern.
  private static final int LEAST_STEPS = 60;

  private MovingWindow() {}

  static int size(int memory) {
    return memory == 0 ? 0 : 2 * memory + lengths(memory) + 2;
  }

  private static int lengths(int memory) {
    int found = Arrays.binarySearch(LENGTHS, memory);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// One step: the value changed by so much.
  static void learn(Slice s, Layout layout, double change) {
    float[] f = s.f;
    int at = s.at + layout.windowAt;
    int memory = layout.form.memory();
    int steps = s.count(layout.windowCount + 1);
    int correlations = at + 2 * memory;
    int power = correlations + lengths(memory);
    int mean = power + 1;
    f[mean] += (float) (Math.max(0.01, 1.0 / (steps + 1)) * (Math.abs(change) - f[mean]));
    double limit = CLIP * f[mean];
    double clipped = Math.clamp(change, -limit, limit);
    f[power] = (float) ((1 - NEWEST) * f[power] + clipped * clipped);
    int best = 0;
    double lowest = 0;
    double now = 0;
    int window = s.count(layout.windowCount);
    for (int i = 0; i < power - correlations && LENGTHS[i] <= steps; i++) {
      double then = f[at + Math.floorMod(steps - LENGTHS[i], memory)];
      int k = correlations + i;
      f[k] = (float) ((1 - NEWEST) * f[k] + clipped * Math.clamp(then, -limit, limit));
      double correlation = f[power] > 0 ? f[k] / f[power] : 0;
      now = LENGTHS[i] == window ? correlation : now;
      if (correlation < lowest && steps > 2 * LENGTHS[i]) {
        lowest = correlation;
        best = LENGTHS[i];
      }
    }
    double entered = window > 0 ? f[at + memory + Math.floorMod(steps - window, memory)] : 0;
    f[at + steps % memory] = (float) change;
    f[at + memory + steps % memory] = (float) Math.max(0, change + entered);
    s.count(layout.windowCount + 1, steps + 1);
    int next = lowest < FOUND && steps >= LEAST_STEPS ? best : 0;
    if (next != window && (now > FOUND || lowest < now - BETTER)) {
      s.count(layout.windowCount, next);
      if (next > 0) {
        recall(s, layout, next);
      }
    }
  }

  /// What entered in the steps that are remembered, for a window of another length.
  private static void recall(Slice s, Layout layout, int window) {
    int at = s.at + layout.windowAt;
    int memory = layout.form.memory();
    int steps = s.count(layout.windowCount + 1);
    int first = Math.max(0, steps - memory);
    for (int i = first; i < steps; i++) {
      double entered = i - window >= first ? s.f[at + memory + (i - window) % memory] : 0;
      s.f[at + memory + i % memory] = (float) Math.max(0, s.f[at + i % memory] + entered);
    }
  }

  /// What will have left the window so many steps ahead; 0 if there is none.
  static double leaving(Slice s, Layout layout, int ahead) {
    int at = s.at + layout.windowAt;
    int memory = layout.form.memory();
    int window = s.count(layout.windowCount);
    int steps = s.count(layout.windowCount + 1);
    double sum = 0;
    for (int k = 0; k < Math.min(ahead, window); k++) {
      sum += s.f[at + memory + Math.floorMod(steps + k - window, memory)];
    }
    return sum;
  }
}
