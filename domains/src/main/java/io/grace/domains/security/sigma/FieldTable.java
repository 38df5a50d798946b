package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for the fields that anybody asks for; what nobody asks for is only searched for
/// keywords. *Immutable once the rules are in.*
final class FieldTable {
  /// Every value of an event.
  static final int ALL = 0;

  /// A value of a field that nobody asks for.
  static final int NONE = -1;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  FieldTable() {
    number("");
  }

  /// Of a field that is asked for from now on.
  int number(String name) {
    return numbers.computeIfAbsent(
        name,
        wanted -> {
          names.add(wanted);
          return names.size() - 1;
        });
  }

  int known(String name) {
    return numbers.getOrDefault(name, NONE);
  }

  int size() {
    return names.size();
  }

  List<String> names() {
    return List.copyOf(names);
  }

  String name(int number) {
    return names.get(number);
  }
}
