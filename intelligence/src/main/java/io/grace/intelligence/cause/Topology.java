package io.grace.intelligence.cause;

import java.util.Arrays;
import java.util.BitSet;

/// Who calls whom, with pseudo services walked through: a call to one is a call to what it calls.
/// *Immutable.*
final class Topology {
  private final int[][] callees;
  private final int[][] callers;

  private Topology(int[][] callees, int[][] callers) {
    this.callees = callees;
    this.callers = callers;
  }

  static Topology of(Scene scene) {
    int count = scene.services().size();
    int[][] direct = new int[count][0];
    for (Call call : scene.calls()) {
      if (call.caller() != call.callee()) {
        direct[call.caller()] = with(direct[call.caller()], call.callee());
      }
    }
    int[][] callees = new int[count][0];
    int[][] callers = new int[count][0];
    for (int s = 0; s < count; s++) {
      if (scene.pseudo().contains(s) || direct[s].length == 0) {
        continue;
      }
      callees[s] = real(s, direct, scene);
      for (int callee : callees[s]) {
        callers[callee] = with(callers[callee], s);
      }
    }
    return new Topology(callees, callers);
  }

  private static int[] with(int[] all, int one) {
    int[] longer = Arrays.copyOf(all, all.length + 1);
    longer[all.length] = one;
    return longer;
  }

  private static int[] real(int service, int[][] direct, Scene scene) {
    BitSet seen = new BitSet();
    BitSet found = new BitSet();
    int[] stack = direct[service].clone();
    int depth = stack.length;
    while (depth > 0) {
      int next = stack[--depth];
      if (next == service || seen.get(next)) {
        continue;
      }
      seen.set(next);
      if (!scene.pseudo().contains(next)) {
        found.set(next);
        continue;
      }
      stack = Arrays.copyOf(stack, depth + direct[next].length);
      System.arraycopy(direct[next], 0, stack, depth, direct[next].length);
      depth += direct[next].length;
    }
    return found.stream().toArray();
  }

  int[] callees(int service) {
    return callees[service];
  }

  int[] callers(int service) {
    return callers[service];
  }

  /// All that trouble can come from to one of `services`: they themselves and whatever they call,
  /// directly or not.
  BitSet below(Iterable<Integer> services) {
    return reached(services, callees);
  }

  /// All that trouble of one of `services` can reach: they themselves and whoever calls them,
  /// directly or not.
  BitSet above(Iterable<Integer> services) {
    return reached(services, callers);
  }

  private static BitSet reached(Iterable<Integer> services, int[][] next) {
    BitSet reached = new BitSet();
    int[] stack = new int[next.length];
    int depth = 0;
    for (int service : services) {
      if (!reached.get(service)) {
        reached.set(service);
        stack[depth++] = service;
      }
    }
    while (depth > 0) {
      for (int service : next[stack[--depth]]) {
        if (!reached.get(service)) {
          reached.set(service);
          stack[depth++] = service;
        }
      }
    }
    return reached;
  }
}
