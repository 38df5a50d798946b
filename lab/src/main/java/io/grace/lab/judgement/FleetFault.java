package io.grace.lab.judgement;

import java.util.random.RandomGenerator;

/// A fault of one service of a simulated fleet.
///
/// @param begin the first tick at which it works
/// @param severity in (0, 1]; what it means depends on the kind
record FleetFault(Kind kind, int service, int begin, double severity) {

  enum Kind {
    /// The process is gone: calls are refused and nothing is measured.
    CRASH,
    /// It takes calls and never answers.
    HANG,
    /// A share of its answers are errors.
    BAD_FLAG,
    /// Its breaker towards what it calls is open, though that is well.
    BREAKER_OPEN,
    /// It works for what it used to remember.
    COLD_CACHE,
    /// Memory rises until it does nothing but collect it.
    MEMORY_LEAK,
    /// The disk fills, and then nothing can be written.
    DISK_FILLS,
    /// It gets through less than it is asked.
    QUEUE_GROWS,
    /// Something burns the CPU of its host.
    CPU_HOG,
    /// A deploy that is recorded, and makes it slow, failing or hungry.
    BAD_DEPLOY;

    /// How many ticks it takes until it hurts.
    int slowness() {
      return switch (this) {
        case MEMORY_LEAK, DISK_FILLS -> 24;
        default -> 0;
      };
    }
  }

  static FleetFault draw(Kind kind, int service, int noticedAbout, RandomGenerator random) {
    double severity = 0.4 + 0.6 * random.nextDouble();
    int slow = (int) (kind.slowness() / (0.6 + severity));
    return new FleetFault(kind, service, noticedAbout - slow, severity);
  }

  boolean isOn(int tick) {
    return tick >= begin;
  }

  /// How far a slow fault has come, from 0 to 1.
  double progress(int tick) {
    double pace = (0.6 + severity) / Kind.MEMORY_LEAK.slowness();
    return Math.clamp((tick - begin) * pace, 0.0, 1.0);
  }
}
