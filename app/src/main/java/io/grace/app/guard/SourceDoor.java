package io.grace.app.guard;

import io.grace.app.Backend;
import io.grace.runtime.ingest.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets in who proves to be a declared source. A token of a person opens nothing here, and what
/// opens here opens nothing else. *Thread-safe.*
public final class SourceDoor {
  private static final Logger LOG = LoggerFactory.getLogger(SourceDoor.class);

  /// What came of asking.
  public sealed interface Answer {
    record Admitted(Source source) implements Answer {}

    record Refused(Problem problem) implements Answer {}
  }

  private final Backend backend;
  private final InstantSource clock;
  private final Failures failures;

  public SourceDoor(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
    this.failures = new Failures(clock);
  }

  /// A source that is not declared is answered like a wrong secret: who asks learns nothing.
  public Answer ask(String name, Source.Request request, String address) {
    Instant now = clock.instant();
    Optional<Source> source = backend.source(name).filter(s -> s.proves(request, now));
    if (source.isPresent()) {
      return new Answer.Admitted(source.get());
    }
    Optional<Duration> wait = failures.add(address);
    if (wait.isEmpty()) {
      LOG.atWarn().addKeyValue("address", address).log("a delivery without its source's secret");
    }
    return new Answer.Refused(
        wait.isPresent()
            ? new Problem(
                429,
                "too-many-failures",
                "Too many failed attempts",
                "too many wrong secrets within a minute; wait "
                    + (wait.get().toSeconds() + 1)
                    + " s or use a right one")
            : Problem.unauthorized("a source proves itself as grace.yaml says under sources"));
  }
}
