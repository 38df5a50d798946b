package io.grace.lab.judgement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/// A stream of events with rules planted in it, and with what looks like rules: rhythms of the day,
/// bursts of one kind, storms that many kinds share, chains and common causes. *Immutable.*
record PlantedStream(int kinds, double seconds, List<Happening> events, List<Planted> rules) {
  static final double DAY = 86_400;

  /// When the rules that expire do so, as a share of the stream.
  static final double EXPIRY = 0.5;

  private static final double HORIZON = 600;

  record Happening(double second, int kind) {}

  /// How the effect's lag is distributed.
  enum Kernel {
    EXPONENTIAL,
    NEARLY_FIXED,
    UNIFORM
  }

  enum Shape {
    PAIR,
    CHAIN,
    COMMON_CAUSE
  }

  record Planted(
      int cause, int effect, double strength, Kernel kernel, Shape shape, boolean expires) {
    double lag(Random random) {
      return switch (kernel) {
        case EXPONENTIAL -> Math.min(HORIZON, 5 - 90 * Math.log(1 - random.nextDouble()));
        case NEARLY_FIXED -> Math.max(5, 60 + 180 * (cause % 2) + 20 * random.nextGaussian());
        case UNIFORM -> 10 + 440 * random.nextDouble();
      };
    }
  }

  /// @param seed of everything: how many kinds (20 to 50), which rules, what happens
  static PlantedStream of(long seed, double days) {
    var random = new Random(seed * 7_919 + 17);
    int kinds = 20 + random.nextInt(31);
    List<Planted> rules = rules(kinds, random);
    return new PlantedStream(kinds, days * DAY, events(kinds, days * DAY, rules, random), rules);
  }

  /// Chains A → B → C, common causes A ← C → B, and pairs; no kind is in two of them.
  private static List<Planted> rules(int kinds, Random random) {
    List<Integer> free = new ArrayList<>();
    for (int k = 0; k < kinds; k++) {
      free.add(k);
    }
    Collections.shuffle(free, random);
    List<Planted> rules = new ArrayList<>();
    int next = 0;
    // A third of the kinds take no part in any rule.
    for (int n = 0; next + 3 <= 2 * kinds / 3; n++) {
      int a = free.get(next);
      int b = free.get(next + 1);
      int c = free.get(next + 2);
      switch (n % 4) {
        case 0 -> {
          rules.add(planted(a, b, Shape.CHAIN, false, random));
          rules.add(planted(b, c, Shape.CHAIN, false, random));
          next += 3;
        }
        case 1 -> {
          rules.add(planted(c, a, Shape.COMMON_CAUSE, false, random));
          rules.add(planted(c, b, Shape.COMMON_CAUSE, false, random));
          next += 3;
        }
        default -> {
          rules.add(planted(a, b, Shape.PAIR, n % 4 == 3, random));
          next += 2;
        }
      }
    }
    return List.copyOf(rules);
  }

  private static Planted planted(int a, int b, Shape shape, boolean expires, Random random) {
    double[] strengths = {0.3, 0.5, 0.7, 0.9};
    Kernel[] kernels = Kernel.values();
    return new Planted(
        a,
        b,
        strengths[random.nextInt(strengths.length)],
        kernels[random.nextInt(kernels.length)],
        shape,
        expires);
  }

  private static List<Happening> events(
      int kinds, double seconds, List<Planted> rules, Random random) {
    var waiting = new PriorityQueue<>(Comparator.comparingDouble(Happening::second));
    double[][] storms = storms(seconds, random);
    for (int k = 0; k < kinds; k++) {
      double perDay = 8 * Math.exp(1.8 * random.nextDouble());
      double rhythm = 0.9 * random.nextDouble();
      double phase = DAY * (random.nextBoolean() ? 0.4 : random.nextDouble());
      double repeats = random.nextInt(4) == 0 ? 1 + 2 * random.nextDouble() : 0;
      boolean isStormy = random.nextBoolean();
      double most = perDay * 12;
      double at = 0;
      while (true) {
        at -= Math.log(1 - random.nextDouble()) * DAY / most;
        if (at >= seconds) {
          break;
        }
        double rate = perDay * (1 + rhythm * Math.cos(2 * Math.PI * (at - phase) / DAY));
        rate *= isStormy && isIn(storms, at) ? 6 : 1;
        if (random.nextDouble() * most < rate) {
          waiting.add(new Happening(at, k));
          double again = at;
          while (random.nextDouble() < repeats / (1 + repeats)) {
            again += 20 - 60 * Math.log(1 - random.nextDouble());
            waiting.add(new Happening(again, k));
          }
        }
      }
    }
    List<Happening> events = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Happening now = waiting.poll();
      if (now.second() >= seconds) {
        break;
      }
      events.add(now);
      for (Planted rule : rules) {
        boolean isOver = rule.expires() && now.second() >= EXPIRY * seconds;
        if (rule.cause() == now.kind() && !isOver && random.nextDouble() < rule.strength()) {
          waiting.add(new Happening(now.second() + rule.lag(random), rule.effect()));
        }
      }
    }
    return List.copyOf(events);
  }

  /// Two a day, of ten minutes to an hour, at any time.
  private static double[][] storms(double seconds, Random random) {
    int count = (int) (2 * seconds / DAY);
    var storms = new double[count][];
    for (int i = 0; i < count; i++) {
      double from = random.nextDouble() * seconds;
      storms[i] = new double[] {from, from + 600 + 3_000 * random.nextDouble()};
    }
    return storms;
  }

  private static boolean isIn(double[][] storms, double at) {
    for (double[] storm : storms) {
      if (at >= storm[0] && at < storm[1]) {
        return true;
      }
    }
    return false;
  }

  /// What holds at a moment, as `cause effect`.
  Set<String> holding(double second) {
    Set<String> holding = new HashSet<>();
    for (Planted rule : rules) {
      if (!rule.expires() || second < EXPIRY * seconds) {
        holding.add(name(rule.cause()) + " " + name(rule.effect()));
      }
    }
    return holding;
  }

  static String name(int kind) {
    return "kind_" + kind;
  }
}
