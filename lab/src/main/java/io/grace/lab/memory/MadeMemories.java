package io.grace.lab.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Sensitivity;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Memories of operations as they might be written, and requests for them, from a seed. Words are
/// as unevenly frequent as in language (Zipf's law), so that a few lists of the index are very
/// long.
final class MadeMemories {
  private static final List<String> VERBS =
      List.of(
          "rose",
          "fell",
          "timed out",
          "was restarted",
          "was rolled back",
          "recovered",
          "failed",
          "was scaled",
          "leaked memory",
          "lost its leader",
          "rejected calls",
          "was throttled",
          "exhausted its pool",
          "missed its deadline",
          "was deployed",
          "was drained");
  private static final List<String> THINGS =
      List.of(
          "p99 latency",
          "error ratio",
          "heap usage",
          "queue depth",
          "connection pool",
          "certificate",
          "replica lag",
          "disk space",
          "cache hit ratio",
          "thread pool",
          "rate limiter",
          "circuit breaker",
          "garbage collector",
          "feature flag",
          "leader election",
          "consumer group",
          "deployment",
          "backup",
          "index",
          "session store");
  private static final List<String> AFTER =
      List.of(
          "because of a slow query in",
          "after the deploy of",
          "while traffic doubled in",
          "since the certificate expired in",
          "when the network was partitioned at",
          "after a configuration change in",
          "due to a retry storm from",
          "as the cache was cold in");
  private static final List<String> CURES =
      List.of(
          "restarting one instance helped within", "the rollback helped within",
          "scaling out by two helped within", "clearing the cache helped within",
          "turning the flag off helped within", "nothing was done and it recovered within",
          "failing over helped within", "shedding load helped within");
  private static final int SERVICES = 2_000;
  private static final int VOCABULARY = 60_000;
  private static final Duration SPAN = Duration.ofDays(400);

  private final SplittableRandom random;
  private final Instant now;

  MadeMemories(long seed, Instant now) {
    this.random = new SplittableRandom(seed);
    this.now = now;
  }

  Memory memory(long number) {
    var domain = DomainId.values()[random.nextInt(DomainId.values().length)];
    var type = MemoryType.values()[random.nextInt(MemoryType.values().length)];
    int luck = random.nextInt(100);
    var sensitivity =
        luck < 90 ? Sensitivity.ORDINARY : luck < 98 ? Sensitivity.SENSITIVE : Sensitivity.SECRET;
    String service = service();
    Instant at =
        now.minusMillis((long) (SPAN.toMillis() * random.nextDouble()))
            .truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    Optional<Instant> expires =
        random.nextInt(10) == 0 ? Optional.of(now.plus(Duration.ofDays(30))) : Optional.empty();
    return Memory.of(
        new Cell(domain, type, sensitivity),
        text(service, number),
        Set.of(service, of(THINGS)),
        random.nextDouble(),
        at,
        expires);
  }

  private String text(String service, long number) {
    var text = new StringBuilder();
    text.append(of(THINGS)).append(" of ").append(service).append(' ').append(of(VERBS));
    text.append(' ').append(of(AFTER)).append(' ').append(service());
    text.append("; ").append(of(CURES)).append(' ').append(random.nextInt(600)).append(" s; ");
    while (text.length() < 185) {
      text.append(word()).append(' ');
    }
    return text.append("trace ")
        .append(HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L))
        .toString();
  }

  private String of(List<String> all) {
    return all.get((int) (all.size() * random.nextDouble() * random.nextDouble()));
  }

  /// Few services have most of the trouble.
  private String service() {
    return "svc" + zipf(SERVICES);
  }

  private String word() {
    return syllables(zipf(VOCABULARY));
  }

  /// Inverse of the integral of 1/x: good enough for a law that is itself only roughly true.
  private int zipf(int most) {
    return (int) Math.exp(random.nextDouble() * Math.log(most));
  }

  private static String syllables(int number) {
    var word = new StringBuilder();
    int left = number + 20;
    while (left > 0) {
      word.append("bcdfghklmnprstvz".charAt(left % 16)).append("aeiou".charAt(left / 16 % 5));
      left /= 80;
    }
    return word.toString();
  }

  /// A request in the words of somebody who has a matter like this at hand: common words, a
  /// service, and now and then a rare one.
  Recall recall() {
    var domain = DomainId.values()[random.nextInt(DomainId.values().length)];
    var owners = EnumSet.of(domain);
    if (random.nextInt(100) < 40) {
      owners = EnumSet.allOf(DomainId.class);
    }
    Set<MemoryType> types =
        random.nextInt(100) < 25
            ? EnumSet.of(MemoryType.EPISODIC, MemoryType.PROCEDURAL)
            : Set.of();
    Optional<Instant> from =
        random.nextInt(100) < 15 ? Optional.of(now.minus(Duration.ofDays(60))) : Optional.empty();
    String service = service();
    var query = new StringBuilder(of(THINGS)).append(' ').append(of(VERBS));
    switch (random.nextInt(4)) {
      case 0 -> query.append(' ').append(service);
      case 1 -> query.append(' ').append(service).append(' ').append(word());
      case 2 -> query.append(' ').append(of(AFTER)).append(' ').append(service());
      default -> query.append(' ').append(word()).append(' ').append(word());
    }
    return new Recall(
        new Credential(domain, "bench"),
        random.nextInt(10) < 6 ? Purpose.INCIDENT : Purpose.ANALYSIS,
        query.toString(),
        Set.of(service),
        owners,
        types,
        from,
        Optional.empty(),
        10);
  }
}
