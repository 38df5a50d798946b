package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Follows what rules fire, and fires the correlations that are about them. Bounded: of each
/// correlation so many groups are followed, and the one that was quiet longest makes room. *Owned
/// by one thread.*
final class Correlator {
  static final int MOST_GROUPS = 10_000;

  /// Correlations about correlations about …
  private static final int DEEPEST = 8;

  private final List<Followed> followed = new ArrayList<>();

  /// By id of a rule or correlation, who is about it.
  private final Map<String, List<Interest>> interests = new HashMap<>();

  private final Set<String> silent = new HashSet<>();
  private long dropped;

  private record Interest(Followed by, int place) {}

  /// A correlation and its groups, the one that was quiet longest first.
  private static final class Followed {
    final Correlation correlation;
    final LinkedHashMap<List<String>, Window> groups = new LinkedHashMap<>(16, 0.75f, true);

    Followed(Correlation correlation) {
      this.correlation = correlation;
    }
  }

  /// @param correlations whose rules are all there, and none about itself
  /// @param rules all others
  Correlator(List<Correlation> correlations, List<RuleHead> rules) {
    List<RuleHead> all = new ArrayList<>(rules);
    correlations.forEach(one -> all.add(one.head()));
    Set<String> telling = new HashSet<>();
    for (Correlation correlation : correlations) {
      var one = new Followed(correlation);
      followed.add(one);
      for (int place = 0; place < correlation.rules().size(); place++) {
        String reference = correlation.rules().get(place);
        for (RuleHead rule : all) {
          if (rule.isCalled(reference)) {
            interests
                .computeIfAbsent(rule.id(), _ -> new ArrayList<>())
                .add(new Interest(one, place));
            (correlation.generate() ? telling : silent).add(rule.id());
          }
        }
      }
    }
    silent.removeAll(telling);
  }

  /// Whether a rule only serves correlations and tells nothing of itself.
  boolean isSilent(RuleHead rule) {
    return silent.contains(rule.id());
  }

  boolean isOf(RuleHead rule) {
    return interests.containsKey(rule.id());
  }

  /// Takes in that a rule fired.
  ///
  /// @param fields of the event that it fired for
  void take(
      RuleHead rule, Function<String, Optional<String>> fields, long at, Consumer<Firing> told) {
    take(rule, fields, at, told, 0);
  }

  private void take(
      RuleHead rule,
      Function<String, Optional<String>> fields,
      long at,
      Consumer<Firing> told,
      int depth) {
    List<Interest> all = interests.getOrDefault(rule.id(), List.of());
    // Of an ordered correlation the later place first: one event is not two steps of a chain.
    for (int i = all.size() - 1; i >= 0 && depth < DEEPEST; i--) {
      Interest interest = all.get(i);
      Correlation correlation = interest.by.correlation;
      Optional<List<String>> group = group(correlation, rule, fields);
      Optional<String> value =
          correlation.field().isEmpty()
              ? Optional.of("")
              : fields.apply(correlation.fieldOf(correlation.field(), rule));
      if (group.isEmpty() || value.isEmpty()) {
        continue;
      }
      Window window = window(interest.by, group.get());
      if (window.isOver(at) && window.close()) {
        fire(correlation, group.get(), groupFields(correlation, group.get()), at, told, depth);
      }
      if (window.take(interest.place, value.get(), at)) {
        fire(correlation, group.get(), fields, at, told, depth);
      }
    }
  }

  private void fire(
      Correlation correlation,
      List<String> group,
      Function<String, Optional<String>> fields,
      long at,
      Consumer<Firing> told,
      int depth) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < group.size(); i++) {
      values.put(correlation.groupBy().get(i), group.get(i));
    }
    if (!isSilent(correlation.head())) {
      told.accept(new Firing(correlation.head(), values));
    }
    Function<String, Optional<String>> both =
        name -> Optional.ofNullable(values.get(name)).or(() -> fields.apply(name));
    take(correlation.head(), both, at, told, depth + 1);
  }

  private static Function<String, Optional<String>> groupFields(
      Correlation correlation, List<String> group) {
    return name -> {
      int place = correlation.groupBy().indexOf(name);
      return place < 0 ? Optional.empty() : Optional.of(group.get(place));
    };
  }

  /// Judges what is judged at the end of its time.
  void close(long now, Consumer<Firing> told) {
    for (Followed one : followed) {
      if (one.correlation.isJudgedAtEnd()) {
        for (var entry : List.copyOf(one.groups.entrySet())) {
          if (entry.getValue().isOver(now)) {
            one.groups.remove(entry.getKey());
            if (entry.getValue().close()) {
              var fields = groupFields(one.correlation, entry.getKey());
              fire(one.correlation, entry.getKey(), fields, now, told, 0);
            }
          }
        }
      }
    }
  }

  private Window window(Followed one, List<String> group) {
    Window window = one.groups.computeIfAbsent(group, _ -> new Window(one.correlation));
    if (one.groups.size() > MOST_GROUPS) {
      one.groups.pollFirstEntry();
      dropped++;
    }
    return window;
  }

  /// @return empty if the event lacks one of the fields
  private static Optional<List<String>> group(
      Correlation correlation, RuleHead rule, Function<String, Optional<String>> fields) {
    List<String> group = new ArrayList<>();
    for (String name : correlation.groupBy()) {
      Optional<String> value = fields.apply(correlation.fieldOf(name, rule));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      group.add(value.get());
    }
    return Optional.of(List.copyOf(group));
  }

  /// How many groups made room for others.
  long dropped() {
    return dropped;
  }
}
