package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a network from the Bayesian Interchange Format (Cozman, *Interchange format for Bayesian
/// networks*, version 0.15, 1996). Strict: every row of a table is there once, and what is wrong is
/// said with its line. Properties are skipped.
public final class Bif {
  /// The largest public networks have 7 MB.
  public static final int MOST_CHARACTERS = 64 << 20;

  /// Of all tables together: 512 MB.
  private static final long MOST_CELLS_IN_ALL = 1L << 26;

  private final BifTokens in;
  private final Map<String, Declared> variables = new LinkedHashMap<>();
  private final Map<String, Table> tables = new HashMap<>();
  private long cells;

  private record Declared(int number, List<String> states, int line) {}

  private record Table(int[] parents, double[] cells, int line) {}

  private Bif(String text) {
    in = new BifTokens(text);
  }

  /// @throws IllegalArgumentException with the line, what was wanted and what was found
  public static Network parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a network has at most %d characters: %d".formatted(MOST_CHARACTERS, text.length()));
    }
    return new Bif(text).network();
  }

  private Network network() {
    in.take("network");
    if (!in.isNext("{")) {
      in.name("a name");
    }
    in.take("{");
    while (!in.takes("}")) {
      property();
    }
    while (!in.isAtEnd()) {
      if (in.takes("variable")) {
        variable();
      } else if (in.takes("probability")) {
        probability();
      } else {
        throw in.wrong("wanted 'variable' or 'probability'");
      }
    }
    List<Node> nodes = new ArrayList<>();
    variables.forEach((name, declared) -> {
      Table table = tables.get(name);
      if (table == null) {
        throw BifTokens.at(declared.line, name + " has no probability");
      }
      nodes.add(node(name, declared, table));
    });
    return new Network(nodes);
  }

  private static Node node(String name, Declared declared, Table table) {
    try {
      return new Node(name, declared.states, table.parents, table.cells);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("line " + table.line + ": " + wrong.getMessage(), wrong);
    }
  }

  private void property() {
    in.take("property");
    in.skipStatement();
  }

  private void variable() {
    int line = in.line();
    String name = in.name("a variable's name");
    List<String> states = List.of();
    in.take("{");
    while (!in.takes("}")) {
      if (!in.takes("type")) {
        property();
        continue;
      }
      if (!states.isEmpty()) {
        throw BifTokens.at(line, name + " has two types");
      }
      in.take("discrete");
      in.take("[");
      int count = in.count(Network.MOST_STATES);
      in.take("]");
      in.take("{");
      states = names(count, "a state", "}");
      in.take(";");
    }
    if (states.isEmpty()) {
      throw BifTokens.at(line, name + " has no type");
    }
    if (new HashSet<>(states).size() < states.size()) {
      throw BifTokens.at(line, "a state of " + name + " is named twice");
    }
    if (variables.put(name, new Declared(variables.size(), states, line)) != null) {
      throw BifTokens.at(line, name + " is declared twice");
    }
    if (variables.size() > Network.MOST_NODES) {
      throw BifTokens.at(line, "a network has at most " + Network.MOST_NODES + " variables");
    }
  }

  /// So many names, separated by commas, and the mark after them.
  private List<String> names(int count, String what, String end) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        in.take(",");
      }
      names.add(in.name(what));
    }
    in.take(end);
    return names;
  }

  private Declared declared(String name, int line) {
    Declared declared = variables.get(name);
    if (declared == null) {
      throw BifTokens.at(line, "no variable is named " + name);
    }
    return declared;
  }

  private void probability() {
    int line = in.line();
    in.take("(");
    String name = in.name("a variable");
    Declared own = declared(name, line);
    List<Declared> parents = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(name));
    if (in.takes("|")) {
      do {
        String parent = in.name("a parent");
        if (!seen.add(parent)) {
          throw BifTokens.at(line, name + " depends twice on, or is itself, " + parent);
        }
        parents.add(declared(parent, line));
      } while (in.takes(","));
    }
    in.take(")");
    Table table = new Rows(name, own, parents, line).read();
    if (tables.put(name, table) != null) {
      throw BifTokens.at(line, name + " has two probabilities");
    }
  }

  /// One table in the making.
  private final class Rows {
    private final String name;
    private final List<Declared> parents;
    private final int line;
    private final int size;
    private final double[] table;
    private final boolean[] isSet;
    private double[] fallback = {};

    Rows(String name, Declared own, List<Declared> parents, int line) {
      this.name = name;
      this.parents = parents;
      this.line = line;
      size = own.states.size();
      long rows = 1;
      for (Declared parent : parents) {
        rows = Math.min(Network.MOST_CELLS, rows * parent.states.size());
      }
      cells += rows * size;
      if (rows * size > Network.MOST_CELLS || cells > MOST_CELLS_IN_ALL) {
        throw BifTokens.at(
            line,
            "a table has at most %d cells, all together at most %d: %s"
                .formatted(Network.MOST_CELLS, MOST_CELLS_IN_ALL, name));
      }
      table = new double[(int) rows * size];
      isSet = new boolean[(int) rows];
    }

    Table read() {
      in.take("{");
      while (!in.takes("}")) {
        if (in.takes("table")) {
          whole();
        } else if (in.takes("default")) {
          fallback = values(size);
        } else if (in.takes("(")) {
          row();
        } else {
          property();
        }
      }
      for (int row = 0; row < isSet.length; row++) {
        if (!isSet[row] && fallback.length == 0) {
          throw BifTokens.at(
              line, "%s has no row for %s".formatted(name, parents.isEmpty() ? "it" : at(row)));
        }
        if (!isSet[row]) {
          System.arraycopy(fallback, 0, table, row * size, size);
        }
      }
      return new Table(parents.stream().mapToInt(Declared::number).toArray(), table, line);
    }

    /// The format lists the variable itself first, so its states vary slowest.
    private void whole() {
      int at = in.line();
      double[] values = values(table.length);
      for (int row = 0; row < isSet.length; row++) {
        set(row, at);
        for (int state = 0; state < size; state++) {
          table[row * size + state] = values[state * isSet.length + row];
        }
      }
    }

    private void row() {
      int at = in.line();
      List<String> states = names(parents.size(), "a parent's state", ")");
      int row = 0;
      for (int i = 0; i < states.size(); i++) {
        int state = parents.get(i).states.indexOf(states.get(i));
        if (state < 0) {
          throw BifTokens.at(
              at,
              "wanted one of %s for parent %d of %s: '%s'"
                  .formatted(parents.get(i).states, i + 1, name, states.get(i)));
        }
        row = row * parents.get(i).states.size() + state;
      }
      set(row, at);
      System.arraycopy(values(size), 0, table, row * size, size);
    }

    private void set(int row, int at) {
      if (isSet[row]) {
        throw BifTokens.at(at, "%s has two rows for %s".formatted(name, at(row)));
      }
      isSet[row] = true;
    }

    /// So many probabilities; if they are one row, they sum to 1.
    private double[] values(int count) {
      int at = in.line();
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        if (i > 0) {
          in.take(",");
        }
        values[i] = in.number();
      }
      in.take(";");
      double sum = Arrays.stream(values).sum();
      if (count == size && Math.abs(sum - 1) > Network.ROUNDING) {
        throw BifTokens.at(at, "a row of %s must sum to 1: %s".formatted(name, sum));
      }
      return values;
    }

    private String at(int row) {
      String[] states = new String[parents.size()];
      int rest = row;
      for (int i = states.length - 1; i >= 0; i--) {
        List<String> names = parents.get(i).states;
        states[i] = names.get(rest % names.size());
        rest /= names.size();
      }
      return "(" + String.join(", ", states) + ")";
    }
  }
}
