package io.grace.core.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A named operation on one service with its arguments, such as `scale_instances orders
/// {min_delta=1}`. *Immutable.*
public record Action(String name, ServiceId target, Map<String, Argument> arguments) {
  public Action {
    arguments = Map.copyOf(arguments);
  }

  /// The arguments in the order of their names, so that the same action always reads the same.
  public SortedMap<String, Argument> sortedArguments() {
    return new TreeMap<>(arguments);
  }

  @Override
  public String toString() {
    return name + " " + target + (arguments.isEmpty() ? "" : " " + sortedArguments());
  }
}
