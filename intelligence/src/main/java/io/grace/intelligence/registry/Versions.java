package io.grace.intelligence.registry;

import io.grace.intelligence.registry.ModelVersion.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The versions of one model by id, at most one of them active and at most one a candidate.
/// *Immutable.*
record Versions(List<ModelVersion> all) {
  Versions {
    all = List.copyOf(all);
    long before = 0;
    for (ModelVersion version : all) {
      if (version.id() <= before) {
        throw new IllegalArgumentException(
            "ids must rise: %d after %d".formatted(version.id(), before));
      }
      before = version.id();
    }
    for (Stage one : List.of(Stage.ACTIVE, Stage.CANDIDATE)) {
      long found = all.stream().filter(v -> v.stage() == one).count();
      if (found > 1) {
        throw new IllegalArgumentException("wanted one version %s: %d".formatted(one, found));
      }
    }
  }

  static OptionalLong id(Optional<ModelVersion> version) {
    return version.isPresent() ? OptionalLong.of(version.get().id()) : OptionalLong.empty();
  }

  Optional<ModelVersion> in(Stage stage) {
    return all.stream().filter(v -> v.stage() == stage).findFirst();
  }

  /// The active one's parent, unless it is gone or was rolled back itself.
  Optional<ModelVersion> parent() {
    return in(Stage.ACTIVE)
        .flatMap(active ->
            all.stream()
                .filter(v -> active.parent().equals(OptionalLong.of(v.id())))
                .filter(v -> v.stage() == Stage.RETIRED)
                .findFirst());
  }

  Versions with(ModelVersion changed) {
    return new Versions(all.stream().map(v -> v.id() == changed.id() ? changed : v).toList());
  }

  /// The same and a candidate, but the oldest that nobody needs beyond so many.
  ///
  /// @param keep 3 and more, so that there always is one that nobody needs
  Versions and(ModelVersion candidate, int keep) {
    OptionalLong needed = id(parent());
    var next = new ArrayList<>(all);
    next.add(candidate);
    while (next.size() > keep) {
      ModelVersion oldest =
          next.stream()
              .filter(v -> v.stage() == Stage.RETIRED || v.stage() == Stage.ROLLED_BACK)
              .filter(v -> !needed.equals(OptionalLong.of(v.id())))
              .min(Comparator.comparingLong(ModelVersion::id))
              .orElseThrow();
      next.remove(oldest);
    }
    return new Versions(next);
  }
}
