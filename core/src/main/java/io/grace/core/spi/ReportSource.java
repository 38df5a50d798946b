package io.grace.core.spi;

import io.grace.core.model.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Ears: asks the outside for what is not a measurement, such as who calls whom. *Thread-safe.*
public interface ReportSource {
  /// Its name, unique in one GRACE.
  String name();

  Duration interval();

  /// Asks once. Called on a virtual thread, so it may block up to the interval.
  List<Report> collect(Instant now) throws InterruptedException;
}
