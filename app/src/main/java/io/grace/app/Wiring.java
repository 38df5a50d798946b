package io.grace.app;

import java.nio.file.Path;
import java.util.List;

/// What a configuration file becomes.
interface Wiring {
  /// Checks the configuration; empty if nothing is wrong with it.
  List<Fault> check(Path config);

  /// What a valid configuration means, in lines of at most 80 columns.
  default List<String> explain(Path config) {
    return List.of();
  }

  /// Starts the node.
  ///
  /// @throws Refused if it cannot be started
  Served open(Path config) throws Refused;

  /// @param host where to listen
  /// @param port 0 for any free one
  record Served(Backend backend, String host, int port) {}

  /// One thing wrong with the configuration, and where. *Immutable.*
  ///
  /// @param line from 1; 0 if there is no place in a file, as is `column`
  /// @param path such as `services.orders.depends_on[0]`
  record Fault(String file, int line, int column, String path, String message) {
    @Override
    public String toString() {
      String where = line == 0 ? file : file + ":" + line + ":" + column;
      return path.isEmpty() ? where + ": " + message : where + ": " + path + ": " + message;
    }
  }

  /// The node could not be started; the faults say why, at least one.
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    Refused(List<Fault> faults) {
      super(faults.getFirst().toString());
      this.faults = List.copyOf(faults);
    }

    List<Fault> faults() {
      return faults;
    }
  }
}
