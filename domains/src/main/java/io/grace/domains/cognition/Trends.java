package io.grace.domains.cognition;

import io.grace.core.model.Hash;
import io.grace.core.model.ServiceId;
import io.grace.intelligence.trend.RobustTrend;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How many open incidents each domain had every ten minutes of the last four hours. It follows
/// from the journal alone, so a damaged copy can always be made anew. *Immutable.*
///
/// @param until the last of the points in time
/// @param counts oldest first, [#POINTS] each, by domain
record Trends(Instant until, SortedMap<String, List<Integer>> counts) {
  static final int POINTS = 24;
  static final Duration STEP = Duration.ofMinutes(10);
  static final Duration SPAN = STEP.multipliedBy(POINTS);

  /// How far beyond chance a rise must be: about one in forty by chance alone.
  private static final double RISE_Z = 1.96;

  private static final String HEAD = "grace trends 1 ";
  private static final Pattern LINE = Pattern.compile("([a-z_]{1,40}):((?: [0-9]{1,6}){24})");
  private static final Pattern SPACE = Pattern.compile(" ");

  Trends {
    counts = new TreeMap<>(counts);
    counts
        .values()
        .forEach(points -> {
          if (points.size() != POINTS) {
            throw new IllegalArgumentException("points must be " + POINTS + ": " + points.size());
          }
        });
  }

  /// @param nodes of each domain
  static Trends of(List<Spell> spells, Map<String, Set<ServiceId>> nodes, Instant now) {
    Instant until = now.truncatedTo(ChronoUnit.MINUTES);
    var counts = new TreeMap<String, List<Integer>>();
    nodes.forEach((domain, services) -> {
      var own = spells.stream().filter(s -> services.contains(new ServiceId(s.service()))).toList();
      var points = new Integer[POINTS];
      for (int i = 0; i < POINTS; i++) {
        Instant at = until.minus(STEP.multipliedBy(POINTS - 1L - i));
        points[i] = (int) own.stream().filter(s -> s.covers(at)).count();
      }
      counts.put(domain, List.of(points));
    });
    return new Trends(until, counts);
  }

  /// The domains whose trouble grows beyond chance. (Trend test: Mann 1945; Kendall 1975.)
  List<String> rising() {
    return counts.entrySet().stream()
        .filter(domain -> {
          double[] values = domain.getValue().stream().mapToDouble(Integer::doubleValue).toArray();
          return RobustTrend.fit(values).z() > RISE_Z;
        })
        .map(Map.Entry::getKey)
        .toList();
  }

  /// As a text whose last line is its hash.
  String text() {
    var text = new StringBuilder(HEAD).append(until).append('\n');
    counts.forEach((domain, points) -> {
      text.append(domain).append(':');
      points.forEach(point -> text.append(' ').append(point));
      text.append('\n');
    });
    return text + Hash.sha256(text.toString()).toString() + "\n";
  }

  /// Empty if a single byte is not as it was written.
  static Optional<Trends> parse(String text) {
    int last = text.lastIndexOf('\n', Math.max(0, text.length() - 2)) + 1;
    String body = text.substring(0, last);
    if (!text.endsWith("\n")
        || !body.startsWith(HEAD)
        || !text.substring(last).strip().equals(Hash.sha256(body).toString())) {
      return Optional.empty();
    }
    var lines = body.lines().toList();
    var counts = new TreeMap<String, List<Integer>>();
    for (String line : lines.subList(1, lines.size())) {
      var match = LINE.matcher(line);
      if (!match.matches()) {
        return Optional.empty();
      }
      counts.put(
          match.group(1),
          SPACE.splitAsStream(match.group(2).strip()).map(Integer::parseInt).toList());
    }
    return Optional.of(
        new Trends(Instant.parse(lines.getFirst().substring(HEAD.length())), counts));
  }
}
