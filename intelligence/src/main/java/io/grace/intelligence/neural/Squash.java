package io.grace.intelligence.neural;

/// The two squashing functions of an LSTM over stretches of an array. tanh is Lambert's continued
/// fraction (J. H. Lambert, *Mémoire sur quelques propriétés remarquables des quantités
/// transcendentes*, 1761) cut after the eighth level and held at ±6, right to 2e-5. Only +, ×, ÷:
/// it becomes vector instructions, and gives the same bits on every machine, which `Math.exp` does
/// not promise. *Thread-safe.*
final class Squash {
  /// Where tanh is 1 to 1.3e-5; the fraction would leave it beyond.
  private static final float EDGE = 6;

  private Squash() {}

  static float tanh(float x) {
    float held = Math.min(EDGE, Math.max(-EDGE, x));
    float y = held * held;
    float above = 34459425f + y * (4729725f + y * (135135f + y * (990f + y)));
    float below = 34459425f + y * (16216200f + y * (945945f + y * (13860f + y * 45f)));
    return held * above / below;
  }

  static void tanh(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = tanh(values[i]);
    }
  }

  /// 1 / (1 + e⁻ˣ) = ½ + ½ tanh(x / 2).
  static void sigmoid(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = 0.5f + 0.5f * tanh(0.5f * values[i]);
    }
  }
}
