package io.grace.intelligence.registry;

import io.grace.intelligence.registry.Decision.Due;
import io.grace.intelligence.registry.Decision.Kind;
import io.grace.intelligence.registry.ModelVersion.Span;
import io.grace.intelligence.registry.ModelVersion.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The versions of the model of one series or kind of series: at most one is active, at most one a
/// candidate. Where nothing is active, the naive forecast is used. Each decision is a function of
/// the registry and what is passed in, and gives the registry after it. *Immutable.*
///
/// - A candidate becomes active if its error at rolling origins is below naive's, and below the
///   active one's by the margin.
/// - The active one is rolled back once enough was observed, and its discounted live error is above
///   its parent's or naive's by the tolerance: to the parent if that is no worse than naive, else
///   to nothing.
/// - Training is due if nothing is there, by age, or after drift, but not before the rest is over.
/// - Beyond the number to keep the oldest goes, never the active one, its parent or a candidate.
public final class ModelRegistry {
  private final RegistryRules rules;
  private final Versions versions;
  private final LiveErrors live;
  private final long nextId;
  private final OptionalLong driftedAt;

  ModelRegistry(
      RegistryRules rules,
      Versions versions,
      LiveErrors live,
      long nextId,
      OptionalLong driftedAt) {
    this.rules = rules;
    this.versions = versions;
    this.live = live;
    this.nextId = nextId;
    this.driftedAt = driftedAt;
    if (versions.all().size() > rules.keep()
        || versions.all().stream().anyMatch(v -> v.id() >= nextId)) {
      throw new IllegalArgumentException(
          "wanted %d versions at most, of ids below %d: %s"
              .formatted(rules.keep(), nextId, versions.all()));
    }
  }

  public static ModelRegistry empty(RegistryRules rules) {
    return new ModelRegistry(
        rules, new Versions(List.of()), LiveErrors.NONE, 1, OptionalLong.empty());
  }

  public RegistryRules rules() {
    return rules;
  }

  /// By id; weights of others can be thrown away.
  public List<ModelVersion> versions() {
    return versions.all();
  }

  public Optional<ModelVersion> active() {
    return versions.in(Stage.ACTIVE);
  }

  public Optional<ModelVersion> candidate() {
    return versions.in(Stage.CANDIDATE);
  }

  /// What the active one is rolled back to; it must go on forecasting to be compared with.
  public Optional<ModelVersion> parent() {
    return versions.parent();
  }

  LiveErrors live() {
    return live;
  }

  long nextId() {
    return nextId;
  }

  OptionalLong driftedAt() {
    return driftedAt;
  }

  /// Takes in a version that was trained, as the candidate; one that still waits is retired.
  ///
  /// @param trainedAt in seconds since 1970, not before any other was
  /// @param error and naive's, see [ModelVersion]
  public Decision propose(
      String model, long trainedAt, Span span, double error, double naiveError) {
    if (trainedAt < newest()) {
      throw new IllegalArgumentException(
          "trainedAt must not be before %d: %d".formatted(newest(), trainedAt));
    }
    Versions rest = candidate().map(v -> versions.with(v.in(Stage.RETIRED))).orElse(versions);
    OptionalLong parent = Versions.id(active());
    var candidate =
        new ModelVersion(
            nextId, model, trainedAt, span, error, naiveError, parent, Stage.CANDIDATE);
    boolean isDriftOver = driftedAt.isPresent() && trainedAt >= driftedAt.getAsLong();
    var registry =
        new ModelRegistry(
            rules,
            rest.and(candidate, rules.keep()),
            live,
            nextId + 1,
            isDriftOver ? OptionalLong.empty() : driftedAt);
    String overtaken = candidate().map(v -> ", overtaking version " + v.id()).orElse("");
    return new Decision(
        Kind.PROPOSED,
        registry,
        "version %d (%s) is the candidate%s".formatted(nextId, model, overtaken));
  }

  /// When the last was trained; the beginning of time if none was.
  private long newest() {
    return versions.all().stream().mapToLong(ModelVersion::trainedAt).max().orElse(Long.MIN_VALUE);
  }

  /// Activates the candidate, or retires it.
  ///
  /// @param activeError mean absolute error, at the candidate's rolling origins, of what forecasts
  ///   now: the active version's, naive's if there is none
  /// @throws IllegalStateException if there is no candidate
  public Decision judge(double activeError) {
    ModelVersion.requireError("activeError", activeError);
    ModelVersion judged =
        candidate().orElseThrow(() -> new IllegalStateException("no candidate to judge"));
    String name = "version " + judged.id();
    if (!(judged.error() < judged.naiveError())) {
      return new Decision(
          Kind.REFUSED,
          with(judged.in(Stage.RETIRED)),
          say(
              "%s: error %.4g is not below naive's %.4g",
              name, judged.error(), judged.naiveError()));
    }
    double wanted = (1 - rules.margin()) * activeError;
    Optional<ModelVersion> before = active();
    if (before.isPresent() && !(judged.error() < wanted)) {
      return new Decision(
          Kind.REFUSED,
          with(judged.in(Stage.RETIRED)),
          say(
              "%s: error %.4g is not below %.4g, the active version %d's %.4g less %.3g %%",
              name, judged.error(), wanted, before.get().id(), activeError, 100 * rules.margin()));
    }
    ModelRegistry next = before.map(v -> with(v.in(Stage.RETIRED))).orElse(this);
    return new Decision(
        Kind.ACTIVATED,
        next.with(judged.in(Stage.ACTIVE).after(Versions.id(before))).watching(LiveErrors.NONE),
        say("%s: error %.4g beats naive's %.4g", name, judged.error(), judged.naiveError())
            + before
                .map(v -> say(" and the active version %d's %.4g", v.id(), activeError))
                .orElse(", and nothing was active"));
  }

  /// Takes in what came of one forecast, and rolls the active version back if it has been worse.
  ///
  /// @param activeError absolute error of the active version
  /// @param parentError that of [#parent()] for the same moment; naive's if there is none
  /// @param naiveError that of the naive forecast
  /// @throws IllegalStateException if none is active
  public Decision observe(double activeError, double parentError, double naiveError) {
    ModelVersion judged =
        active().orElseThrow(() -> new IllegalStateException("no active version to observe"));
    LiveErrors seen = live.and(activeError, parentError, naiveError, rules.discount());
    double error = seen.active() / seen.weight();
    double parents = seen.parent() / seen.weight();
    double naives = seen.naive() / seen.weight();
    String found =
        say(
            "version %d: live error %.4g, parent's %.4g, naive's %.4g",
            judged.id(), error, parents, naives);
    if (seen.weight() < rules.leastWeight()) {
      return new Decision(
          Kind.KEPT,
          watching(seen),
          found + say("; too few yet, %.3g of %.3g", seen.weight(), rules.leastWeight()));
    }
    double bound = (1 + rules.tolerance()) * Math.min(parents, naives);
    if (error <= bound) {
      return new Decision(Kind.KEPT, watching(seen), found + say("; good up to %.4g", bound));
    }
    ModelRegistry next = with(judged.in(Stage.ROLLED_BACK)).watching(LiveErrors.NONE);
    Optional<ModelVersion> parent = parent().filter(v -> parents <= naives);
    String to = parent.map(v -> "version " + v.id()).orElse("naive");
    return new Decision(
        Kind.ROLLED_BACK,
        parent.map(v -> next.with(v.in(Stage.ACTIVE))).orElse(next),
        found + say("; above %.4g, so back to %s", bound, to));
  }

  /// Remembers that the series has drifted, until a version is trained later than that.
  ///
  /// @param at in seconds since 1970; not later than the newest training, it is over already
  public ModelRegistry drifted(long at) {
    return at <= newest()
        ? this
        : new ModelRegistry(rules, versions, live, nextId, OptionalLong.of(at));
  }

  /// Whether a version should be trained.
  ///
  /// @param now in seconds since 1970
  public Due due(long now) {
    if (versions.all().isEmpty()) {
      return new Due(true, "nothing was ever trained");
    }
    long since = now - newest();
    if (since < rules.restSeconds()) {
      return new Due(
          false, "trained %d s ago, the rest is %d s".formatted(since, rules.restSeconds()));
    }
    if (candidate().isPresent()) {
      return new Due(false, "version %d waits to be judged".formatted(candidate().get().id()));
    }
    if (driftedAt.isPresent()) {
      return new Due(
          true, "the series drifted at %d, after training".formatted(driftedAt.getAsLong()));
    }
    // By the newest: a refused one has shown that the active one is still the best to be had.
    if (since > rules.maxAgeSeconds()) {
      return new Due(
          true, "trained %d s ago, good for %d s".formatted(since, rules.maxAgeSeconds()));
    }
    return new Due(
        false, "trained %d s ago, good for %d s, no drift".formatted(since, rules.maxAgeSeconds()));
  }

  private ModelRegistry with(ModelVersion changed) {
    return new ModelRegistry(rules, versions.with(changed), live, nextId, driftedAt);
  }

  private ModelRegistry watching(LiveErrors next) {
    return new ModelRegistry(rules, versions, next, nextId, driftedAt);
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// All of it, to be kept and given to [#fromBytes(byte[])].
  public byte[] toBytes() {
    return RegistryBytes.write(this);
  }

  /// @throws IllegalArgumentException if the bytes are those of no registry, or damaged
  public static ModelRegistry fromBytes(byte[] bytes) {
    return RegistryBytes.read(bytes);
  }
}
