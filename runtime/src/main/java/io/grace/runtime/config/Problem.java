package io.grace.runtime.config;

import java.util.Comparator;
import java.util.List;

/// One thing wrong with the configuration, and where. *Immutable.*
///
/// @param file as it was given, or `environment`
/// @param line from 1; 0 if there is no place in a file
/// @param column from 1; 0 if there is no place in a file
/// @param pointer JSON pointer (RFC 6901) of the value; empty for the whole file
public record Problem(String file, int line, int column, String pointer, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::pointer)
          .thenComparing(Problem::message);

  /// The pointer as people write it: `services.orders.depends_on[0]`.
  public String path() {
    var path = new StringBuilder();
    for (String step : Pointers.steps(pointer)) {
      if (step.matches("[0-9]{1,6}")) {
        path.append('[').append(step).append(']');
      } else if (step.matches("[A-Za-z0-9_-]+")) {
        path.append(path.isEmpty() ? "" : ".").append(step);
      } else {
        path.append('[').append(Shown.text(step)).append(']');
      }
    }
    return path.toString();
  }

  /// `grace.yaml:12:5: services.orders.mode: must be one of observe, approve, autonomous: 'auto'`
  @Override
  public String toString() {
    String where = line == 0 ? file : file + ":" + line + ":" + column;
    return String.join(
        ": ", path().isEmpty() ? List.of(where, message) : List.of(where, path(), message));
  }

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }
}
