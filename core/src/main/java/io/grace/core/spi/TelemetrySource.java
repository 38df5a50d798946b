package io.grace.core.spi;

import io.grace.core.model.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Eyes: measures services. *Thread-safe.*
public interface TelemetrySource {
  /// Its name, unique in one GRACE, such as `probe orders http`.
  String name();

  Duration interval();

  /// Measures once. Called on a virtual thread, so it may block up to the interval. A service that
  /// does not answer is a measurement (`up` = 0) and not an exception.
  ///
  /// @param now the time to stamp the signals with
  List<Signal> collect(Instant now) throws InterruptedException;
}
