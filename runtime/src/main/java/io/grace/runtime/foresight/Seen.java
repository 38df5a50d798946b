package io.grace.runtime.foresight;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was measured of one metric lately, and what is expected of it next. *Immutable.*
///
/// @param points the oldest first
/// @param ahead empty if too little was seen to expect anything
public record Seen(List<Point> points, Optional<Ahead> ahead) {
  public Seen {
    points = List.copyOf(points);
  }

  public record Point(Instant at, double value) {}

  /// The expected course with its band.
  public record Ahead(List<Expected> course) {
    public Ahead {
      course = List.copyOf(course);
    }
  }

  /// @param low and `high` hold 95 % if the errors are normal
  public record Expected(Instant at, double low, double middle, double high) {}
}
