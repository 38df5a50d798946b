package io.grace.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What an action provider offers: exactly these parameters, each within its bound, on exactly
/// these targets. *Immutable.*
///
/// @param provider the name of the provider that performs it
/// @param impact the least impact that a playbook using it can claim
/// @param reversible whether another action can undo it
/// @param targets the services it is declared for
public record ActionSpec(
    String name,
    String provider,
    Map<String, Bound> parameters,
    Impact impact,
    boolean reversible,
    Set<ServiceId> targets) {
  public ActionSpec {
    parameters = Map.copyOf(parameters);
    targets = Set.copyOf(targets);
  }

  /// What keeps the action from being admitted: empty if nothing. Denies by default: an unknown
  /// target, a missing or extra parameter, a wrong type and a value out of bounds are all named.
  public List<String> objections(Action action) {
    var found = new ArrayList<String>();
    if (!action.name().equals(name)) {
      found.add("action is " + action.name() + ", not " + name);
    }
    if (!targets.contains(action.target())) {
      found.add(name + " is not declared for " + action.target());
    }
    var missing = new TreeSet<>(parameters.keySet());
    missing.removeAll(action.arguments().keySet());
    if (!missing.isEmpty()) {
      found.add(name + " lacks " + String.join(", ", missing));
    }
    new TreeMap<>(action.arguments())
        .forEach((parameter, argument) -> {
          var bound = parameters.get(parameter);
          if (bound == null) {
            found.add(name + " has no parameter " + parameter);
          } else if (!bound.admits(argument)) {
            found.add(name + "." + parameter + " must be " + bound.wanted() + ": " + argument);
          }
        });
    return List.copyOf(found);
  }

  public boolean admits(Action action) {
    return objections(action).isEmpty();
  }
}
