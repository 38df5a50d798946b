package io.grace.domains.ml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The models as what happened to them has made them. *Owned by whoever holds the registry's lock.*
final class Shelves {
  private final Map<String, Shelf> shelves = new TreeMap<>();

  /// What happened: exactly one of the three is there.
  ///
  /// @param versions as they are now
  /// @param gone a model, or a version as `MODEL/NUMBER`
  record Fact(Optional<RegisteredModel> model, List<Version> versions, Optional<String> gone) {
    static Fact of(RegisteredModel model) {
      return new Fact(Optional.of(model), List.of(), Optional.empty());
    }

    static Fact of(List<Version> versions) {
      return new Fact(Optional.empty(), versions, Optional.empty());
    }

    static Fact without(String gone) {
      return new Fact(Optional.empty(), List.of(), Optional.of(gone));
    }
  }

  /// One model with its versions.
  static final class Shelf {
    private RegisteredModel model;
    private final TreeMap<Integer, Version> versions = new TreeMap<>();

    /// Versions that were in production, in the order in which they got there.
    private final List<Integer> produced = new ArrayList<>();

    private int last;

    Shelf(RegisteredModel model) {
      this.model = model;
    }

    RegisteredModel model() {
      return model;
    }

    /// By number.
    List<Version> versions() {
      return List.copyOf(versions.values());
    }

    Optional<Version> version(int number) {
      return Optional.ofNullable(versions.get(number));
    }

    /// Those that were in production, the latest first.
    List<Version> produced() {
      return produced.reversed().stream().flatMap(n -> version(n).stream()).toList();
    }

    /// Numbers of versions that are gone are not given again.
    int next() {
      return last + 1;
    }

    private void put(Version version) {
      Version old = versions.put(version.number(), version);
      last = Math.max(last, version.number());
      boolean isNew = old == null || old.stage() != Stage.PRODUCTION;
      if (version.stage() == Stage.PRODUCTION && isNew) {
        produced.remove(Integer.valueOf(version.number()));
        produced.add(version.number());
      }
    }
  }

  Collection<Shelf> all() {
    return shelves.values();
  }

  Optional<Shelf> find(String model) {
    return Optional.ofNullable(shelves.get(model));
  }

  void fold(Fact fact) {
    fact.model().ifPresent(m -> shelves.computeIfAbsent(m.name(), _ -> new Shelf(m)).model = m);
    for (Version version : fact.versions()) {
      find(version.model()).ifPresent(shelf -> shelf.put(version));
    }
    fact.gone().ifPresent(this::remove);
  }

  private void remove(String gone) {
    int slash = gone.lastIndexOf('/');
    Shelf shelf = slash < 0 ? null : shelves.get(gone.substring(0, slash));
    if (shelf == null) {
      shelves.remove(gone);
    } else {
      shelf.versions.remove(Integer.parseInt(gone.substring(slash + 1)));
    }
  }
}
