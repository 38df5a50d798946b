package io.grace.intelligence.bayes;

import java.util.Arrays;

/// Which state each node of a network was observed in. *Immutable.*
///
/// @param states one a node, [#UNSEEN] where nothing was observed
public record Evidence(int[] states) {
  public static final int UNSEEN = -1;

  public Evidence {
    states = states.clone();
  }

  /// @param nodes of the network
  public static Evidence none(int nodes) {
    int[] states = new int[nodes];
    Arrays.fill(states, UNSEEN);
    return new Evidence(states);
  }

  /// This and one more.
  public Evidence and(int node, int state) {
    int[] more = states.clone();
    more[node] = state;
    return new Evidence(more);
  }

  @Override
  public int[] states() {
    return states.clone();
  }

  int state(int node) {
    return states[node];
  }

  boolean sees(int node) {
    return states[node] != UNSEEN;
  }

  /// @throws IllegalArgumentException unless it is about this network
  void check(Network network) {
    if (states.length != network.size()) {
      throw new IllegalArgumentException(
          "evidence must be of %d nodes: %d".formatted(network.size(), states.length));
    }
    for (int i = 0; i < states.length; i++) {
      if (states[i] < UNSEEN || states[i] >= network.node(i).size()) {
        throw new IllegalArgumentException(
            "state of %s must be 0 to %d, or %d where unseen: %d"
                .formatted(network.node(i).name(), network.node(i).size() - 1, UNSEEN, states[i]));
      }
    }
  }
}
