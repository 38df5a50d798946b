package io.grace.domains.ml;

import io.grace.core.model.Hash;
import io.grace.domains.disk.LineLog;
import io.grace.domains.ml.Shelves.Fact;
import io.grace.domains.ml.Shelves.Shelf;
import io.grace.domains.ml.Version.Lineage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The models, their versions and stages, as a fold of a log that is only added to. Whatever it
/// says is on the disk before it says it. *Thread-safe.*
public final class Registry implements AutoCloseable {
  /// Of GRACE's own there are a few; of others some hundred.
  static final int MODELS_MAX = 1_000;

  /// A version a day for years.
  static final int VERSIONS_MAX = 1_000;

  private static final int NAME_MAX = 256;

  private final LineLog log;
  private final Artifacts artifacts;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock.
  private final Shelves shelves = new Shelves();

  private Registry(LineLog log, Artifacts artifacts, InstantSource clock) {
    this.log = log;
    this.artifacts = artifacts;
    this.clock = clock;
  }

  /// Opens the registry and makes it if there is none.
  ///
  /// @throws IOException if what was registered cannot be read
  public static Registry open(Path directory, InstantSource clock) throws IOException {
    var opened = LineLog.open(directory.resolve("registry.log"));
    var registry = new Registry(opened.log(), new Artifacts(directory.resolve("artifacts")), clock);
    try {
      for (String line : opened.lines()) {
        registry.shelves.fold(registry.json.readValue(line, Fact.class));
      }
      return registry;
    } catch (JacksonException e) {
      opened.log().close();
      throw new IOException("registry.log holds what no GRACE wrote: " + e.getMessage(), e);
    }
  }

  public List<RegisteredModel> models() {
    return locked(() -> shelves.all().stream().map(Shelf::model).toList());
  }

  public Optional<RegisteredModel> model(String name) {
    return locked(() -> shelves.find(name).map(Shelf::model));
  }

  /// By number.
  public List<Version> versions(String model) {
    return locked(() -> shelves.find(model).map(Shelf::versions).orElse(List.of()));
  }

  public Optional<Version> version(String model, int number) {
    return versions(model).stream().filter(v -> v.number() == number).findFirst();
  }

  /// The newest in this stage.
  public Optional<Version> newest(String model, Stage stage) {
    return versions(model).stream().filter(v -> v.stage() == stage).reduce((_, b) -> b);
  }

  public Optional<Version> production(String model) {
    return newest(model, Stage.PRODUCTION);
  }

  /// What was in production before the version that is now, and is not thought bad since.
  public Optional<Version> before(String model) {
    Optional<Version> now = production(model);
    List<Version> produced =
        locked(() -> shelves.find(model).map(Shelf::produced).orElse(List.of()));
    return produced.stream()
        .filter(v -> now.isEmpty() || v.number() != now.get().number())
        .filter(v -> !v.tags().containsKey(Tags.ROLLED_BACK))
        .findFirst();
  }

  /// The artifact, checked against the hash that was registered.
  ///
  /// @throws IOException if it is not there or not the one
  public byte[] artifact(Version version) throws IOException {
    return artifacts.get(version.artifact());
  }

  /// Where the artifact lies.
  public Path artifactFile(Version version) {
    return artifacts.file(version.artifact());
  }

  public RegisteredModel create(String name, String description, Map<String, String> tags)
      throws Refused {
    if (name.isBlank() || name.length() > NAME_MAX || name.contains("/") || name.contains(":")) {
      throw Refused.invalid(
          "Registered model name must have 1 to 256 letters, no '/' or ':': '" + name + "'");
    }
    return change(() -> {
      if (shelves.find(name).isPresent()) {
        throw new Refused(
            Refused.Kind.RESOURCE_ALREADY_EXISTS,
            "Registered Model (name=" + name + ") already exists.");
      }
      if (shelves.all().size() >= MODELS_MAX) {
        throw Refused.full("at most " + MODELS_MAX + " models are kept");
      }
      long now = clock.millis();
      var model = new RegisteredModel(name, now, now, description, tags);
      keep(Fact.of(model));
      return model;
    });
  }

  /// @param tags replace those of the same keys
  RegisteredModel update(String name, Optional<String> description, Map<String, String> tags)
      throws Refused {
    return change(() -> {
      var old = shelf(name).model();
      var all = new HashMap<>(old.tags());
      all.putAll(tags);
      var model =
          new RegisteredModel(
              name, old.createdMs(), clock.millis(), description.orElse(old.description()), all);
      keep(Fact.of(model));
      return model;
    });
  }

  /// Registers a version that GRACE keeps the artifact of.
  public Version add(
      String model,
      byte[] artifact,
      Lineage lineage,
      Map<String, Double> metrics,
      Map<String, String> tags)
      throws Refused, IOException {
    Hash hash = artifacts.put(artifact);
    return add(
        model, hash.value(), new NewVersion("grace:" + hash, "", "", lineage, metrics, tags));
  }

  /// Registers a version that others keep.
  Version add(String model, NewVersion is) throws Refused {
    return add(model, "", is);
  }

  private Version add(String model, String artifact, NewVersion is) throws Refused {
    return change(() -> {
      Shelf shelf = shelf(model);
      if (shelf.versions().size() >= VERSIONS_MAX) {
        throw Refused.full("at most " + VERSIONS_MAX + " versions of a model are kept");
      }
      long now = clock.millis();
      var version =
          new Version(
              model,
              shelf.next(),
              now,
              now,
              Stage.NONE,
              is.source(),
              is.runId(),
              is.description(),
              artifact,
              is.lineage(),
              is.metrics(),
              is.tags());
      keep(Fact.of(List.of(version)));
      return version;
    });
  }

  /// Moves a version, all at once with those that make room for it.
  ///
  /// @param archivesOthers whether what is in the stage already is archived
  public Version move(String model, int number, Stage to, boolean archivesOthers) throws Refused {
    return change(() -> {
      Version moved = existing(model, number).in(to, clock.millis());
      var all = new ArrayList<Version>();
      if (archivesOthers) {
        shelf(model).versions().stream()
            .filter(v -> v.stage() == to && v.number() != number)
            .forEach(v -> all.add(v.in(Stage.ARCHIVED, clock.millis())));
      }
      all.add(moved);
      keep(Fact.of(all));
      return moved;
    });
  }

  Version describe(String model, int number, String text) throws Refused {
    return put(model, number, v -> v.described(text, clock.millis()));
  }

  Version tag(String model, int number, String key, String value) throws Refused {
    return put(model, number, v -> v.tagged(key, value, clock.millis()));
  }

  private Version put(String model, int number, UnaryOperator<Version> to) throws Refused {
    return change(() -> {
      Version next = to.apply(existing(model, number));
      keep(Fact.of(List.of(next)));
      return next;
    });
  }

  void remove(String model) throws Refused {
    change(() -> {
      keep(Fact.without(shelf(model).model().name()));
      return true;
    });
  }

  void remove(String model, int number) throws Refused {
    change(() -> {
      keep(Fact.without(model + "/" + existing(model, number).number()));
      return true;
    });
  }

  private interface Change<T> {
    T make() throws Refused;
  }

  private <T> T change(Change<T> change) throws Refused {
    lock.lock();
    try {
      return change.make();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private Shelf shelf(String model) throws Refused {
    return shelves
        .find(model)
        .orElseThrow(() -> Refused.missing("Registered Model with name=" + model));
  }

  private Version existing(String model, int number) throws Refused {
    return shelf(model)
        .version(number)
        .orElseThrow(
            () -> Refused.missing("Model Version (name=" + model + ", version=" + number + ")"));
  }

  private void keep(Fact fact) throws Refused {
    try {
      log.append(json.writeValueAsString(fact));
    } catch (IOException e) {
      throw new Refused(
          Refused.Kind.TEMPORARILY_UNAVAILABLE, "the registry was not written: " + e.getMessage());
    }
    shelves.fold(fact);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }
}
