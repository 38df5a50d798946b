package io.grace.intelligence.neural;

/// Adam (Kingma & Ba, *Adam: A Method for Stochastic Optimization*, 2015, algorithm 1), with the
/// gradient cut to a greatest norm first (Pascanu et al., *On the difficulty of training recurrent
/// neural networks*, 2013, algorithm 1). *Owned by one thread.*
final class Adam {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final float EPSILON = 1e-8f;

  final float[] first;
  final float[] second;

  /// β₁ and β₂ to the power of the steps taken. Kept, because products repeat to the bit and
  /// `Math.pow` need not.
  double power1;

  double power2;

  Adam(int weights) {
    this(new float[weights], new float[weights], 1, 1);
  }

  Adam(float[] first, float[] second, double power1, double power2) {
    this.first = first;
    this.second = second;
    this.power1 = power1;
    this.power2 = power2;
  }

  /// Moves the weights, and leaves the gradient cut.
  void step(float[] weights, float[] gradient, double rate, double mostNorm) {
    cut(gradient, mostNorm);
    power1 *= BETA_1;
    power2 *= BETA_2;
    float b1 = (float) BETA_1;
    float b2 = (float) BETA_2;
    float pace = (float) (rate / (1 - power1));
    float grown = (float) (1 / (1 - power2));
    for (int i = 0; i < weights.length; i++) {
      float g = gradient[i];
      first[i] = b1 * first[i] + (1 - b1) * g;
      second[i] = b2 * second[i] + (1 - b2) * g * g;
      weights[i] -= pace * first[i] / ((float) Math.sqrt(second[i] * grown) + EPSILON);
    }
  }

  private static void cut(float[] gradient, double mostNorm) {
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    double norm = Math.sqrt(squares);
    if (norm > mostNorm) {
      float share = (float) (mostNorm / norm);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= share;
      }
    }
  }
}
