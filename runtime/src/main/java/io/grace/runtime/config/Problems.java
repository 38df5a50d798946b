package io.grace.runtime.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Collects what is wrong with one file. Owned by the thread that loads.
final class Problems {
  /// Where a value starts, from 1.
  record Place(int line, int column) {
    static final Place START = new Place(1, 1);

    /// Of what is not in a file.
    static final Place NOWHERE = new Place(0, 0);
  }

  private record Origin(String file, Place place) {}

  /// Nobody repairs more in one go, and a file of rubbish must not fill the memory.
  private static final int MOST = 200;

  private final String file;
  private final Map<String, Place> places;
  private final Map<String, Origin> laid = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<Problem> found = new TreeSet<>();
  private boolean full;

  Problems(String file, Map<String, Place> places) {
    this.file = file;
    this.places = places;
  }

  /// A value has the wrong form, so what it means need not be judged any more.
  void form(String pointer, String message) {
    broken.add(pointer);
    add(pointer, message);
  }

  /// A value has the right form but makes no sense.
  void sense(String pointer, String message) {
    if (!broken.contains(pointer)) {
      add(pointer, message);
    }
  }

  /// A value made of several makes no sense; said only if each of them has the right form.
  ///
  /// @param place the part of it that is to blame
  void senseOfWhole(String pointer, String place, String message) {
    String below = pointer + "/";
    if (broken.stream().noneMatch(p -> p.equals(pointer) || p.startsWith(below))) {
      add(place, message);
    }
  }

  /// Those that have the wrong form so far.
  Set<String> broken() {
    return Set.copyOf(broken);
  }

  private void add(String pointer, String message) {
    if (found.size() >= MOST) {
      full = true;
      return;
    }
    var origin = originOf(pointer);
    var place = origin.place();
    found.add(new Problem(origin.file(), place.line(), place.column(), pointer, message));
  }

  /// Values of another file lie under those of this one from here on.
  void lay(String other, Map<String, Place> at) {
    at.forEach((pointer, place) -> laid.putIfAbsent(pointer, new Origin(other, place)));
  }

  /// Of the value, or of the nearest thing around it that is there.
  private Origin originOf(String pointer) {
    String at = pointer;
    while (!at.isEmpty() && !places.containsKey(at) && !laid.containsKey(at)) {
      at = Pointers.parent(at);
    }
    Place own = places.get(at);
    return own == null && !at.isEmpty() && laid.containsKey(at)
        ? laid.get(at)
        : new Origin(file, own == null ? Place.START : own);
  }

  List<Problem> found() {
    var all = new ArrayList<>(found);
    if (full) {
      all.add(
          new Problem(file, 0, 0, "", "more than " + MOST + " problems; the rest is not shown"));
    }
    return all;
  }
}
