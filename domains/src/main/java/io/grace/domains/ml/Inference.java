package io.grace.domains.ml;

import io.grace.domains.disk.WholeFile;
import io.grace.intelligence.neural.Series;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Answers with the versions that are in production. *Thread-safe.*
public final class Inference {
  /// A version that answers.
  record Serving(Version version, ModelArtifact artifact) {}

  /// What is said of the steps ahead.
  ///
  /// @param version which version said it
  /// @param median one value a step; low and high are those between which eight of ten are expected
  @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
  public record Prediction(int version, double[] median, double[] low, double[] high) {}

  private final Registry registry;
  private final Workers workers;
  private final Path workersFile;
  private final Latency latency;

  /// Replaced as a whole by whoever looks at the registry.
  private volatile Map<String, Serving> serving = Map.of();

  /// Models whose artifact in production is not what was registered.
  private volatile Set<String> damaged = Set.of();

  /// @param file where the number of workers is kept once it was changed
  /// @throws IOException if it cannot be read
  Inference(Registry registry, int workers, Duration wait, Duration window, Path file)
      throws IOException {
    this.registry = registry;
    this.workersFile = file;
    this.workers = new Workers(kept(file).orElse(workers), wait);
    this.latency = new Latency(window);
  }

  /// A number that is torn is none: what was set counts.
  private static OptionalInt kept(Path file) throws IOException {
    try {
      return Files.exists(file)
          ? OptionalInt.of(ByteBuffer.wrap(WholeFile.read(file)).getInt())
          : OptionalInt.empty();
    } catch (WholeFile.Torn _) {
      return OptionalInt.empty();
    }
  }

  /// Looks what is in production now. Every artifact is checked against its hash each time; one
  /// that is not what was registered no longer answers.
  void refresh() {
    var next = new HashMap<String, Serving>();
    var bad = new HashSet<String>();
    for (RegisteredModel model : registry.models()) {
      Optional<Version> wanted = registry.production(model.name()).filter(Version::isOwn);
      if (wanted.isPresent()) {
        try {
          next.put(model.name(), load(wanted.get()));
        } catch (IOException | IllegalArgumentException _) {
          bad.add(model.name());
        }
      }
    }
    serving = Map.copyOf(next);
    damaged = Set.copyOf(bad);
  }

  private Serving load(Version version) throws IOException {
    byte[] bytes = registry.artifact(version);
    Serving now = serving.get(version.model());
    return now != null && now.version().equals(version)
        ? now
        : new Serving(version, ModelArtifact.fromBytes(bytes));
  }

  Map<String, Serving> serving() {
    return serving;
  }

  Set<String> damaged() {
    return damaged;
  }

  /// Forecasts what follows the past.
  ///
  /// @param past equally far apart, the oldest first; at least as long as the model reads
  /// @throws Refused if nothing answers by this name, the past does not do, or there is no room
  public Prediction predict(String model, double... past) throws Refused, InterruptedException {
    long asked = System.nanoTime();
    Serving one = serving.get(model);
    if (one == null) {
      throw Refused.missing("a version of " + model + " in production that is whole");
    }
    int history = one.artifact().model().window().history();
    if (past.length < history || !Arrays.stream(past).allMatch(Double::isFinite)) {
      throw Refused.invalid("wanted %d finite values: %d".formatted(history, past.length));
    }
    if (!workers.enter()) {
      latency.refused();
      throw new Refused(Refused.Kind.REQUEST_LIMIT_EXCEEDED, "all workers are busy");
    }
    try {
      double[] newest = Arrays.copyOfRange(past, past.length - history, past.length);
      var said = one.artifact().model().forecast(Series.of(newest));
      latency.took(System.nanoTime() - asked);
      return new Prediction(one.version().number(), said.median(), said.at(0.1), said.at(0.9));
    } finally {
      workers.leave();
    }
  }

  Latency.Lately lately() {
    return latency.lately();
  }

  public int workers() {
    return workers.limit();
  }

  /// Durable when it returns.
  void resize(int next) throws IOException {
    WholeFile.write(workersFile, ByteBuffer.allocate(Integer.BYTES).putInt(next).array());
    workers.resize(next);
  }
}
