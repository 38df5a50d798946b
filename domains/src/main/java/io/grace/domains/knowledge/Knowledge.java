package io.grace.domains.knowledge;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.loop.Listening;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The knowledge of this GRACE while it runs. *Thread-safe.*
public final class Knowledge implements Domain {
  static final ServiceId PIPELINE = new ServiceId("ingestion_pipeline");
  static final ServiceId INDEX = new ServiceId("search_index");
  static final ServiceId GRAPH = new ServiceId("knowledge_graph");
  static final ServiceId TRUST = new ServiceId("trust_scorer");

  /// Below the time-out of the step, so that its answer is heard.
  private static final Duration REFRESH_LIMIT = Duration.ofSeconds(60);

  private static final double MILLIS_PER_HOUR = 3_600_000;

  /// What stands beside the documents in the graph.
  private static final String POLICY = "policy";

  private final InstantSource clock;
  private final Settings settings;
  private final Library library;
  private final Shelf shelf;
  private final Graph graph;
  private final Trust trust;
  private final Finder finder;
  private final Intake intake;
  private final Pipeline pipeline;
  private final Optional<PatternMemory> patterns;
  private final Listening listening;
  private final Eye eye;
  private final Hands hands;

  private Knowledge(
      House house,
      Settings settings,
      Library library,
      Shelf shelf,
      Graph graph,
      Claims claims,
      List<ActionSpec> actions)
      throws IOException {
    this.clock = house.clock();
    this.settings = settings;
    this.library = library;
    this.shelf = shelf;
    this.graph = graph;
    this.trust =
        Trust.open(
            house.directory().resolve("trust.json"), settings, library, graph, clock.instant());
    this.finder = new Finder(library, shelf, trust, house.policy());
    this.intake = new Intake(library, shelf, graph, claims, clock);
    this.pipeline =
        new Pipeline(
            settings, house.directory().resolve("mirrors"), intake, clock, this::verifyIfDue);
    this.patterns =
        house
            .memories()
            .map(memories ->
                new PatternMemory(
                    house.directory().resolve("patterns.json"),
                    library,
                    memories,
                    source -> trust.of(source, clock.instant())));
    this.eye = new Eye(KnowledgeKind.NAME, settings.measure(), this::measure);
    this.hands =
        Hands.of(
            KnowledgeKind.NAME,
            actions,
            Map.of(
                "rebuild_index", this::rebuildIndex,
                "refresh_sources", this::refreshSources,
                "update_trust_scores", this::updateTrustScores,
                "compact_graph", this::compactGraph),
            house.directory());
    this.listening = house.works().listen(trust.usage()::hear);
  }

  static Knowledge open(JsonNode node, House house, List<ActionSpec> actions) throws IOException {
    var settings = Settings.read(node, house);
    var claims = new Claims(house.policy());
    var library = Library.open(house.directory().resolve("library"));
    var graph = Graph.open(house.directory().resolve("graph.log"));
    Shelf shelf = null;
    try {
      shelf = Shelf.open(house.directory().resolve("index"), library, claims);
      shelf.verify(house.clock().instant());
      graph.learn(POLICY, claims.ofPolicy());
      var knowledge = new Knowledge(house, settings, library, shelf, graph, claims, actions);
      knowledge.intake.forget(
          settings.sources().stream().map(SourceSpec::name).collect(Collectors.toSet()));
      knowledge.pipeline.start();
      knowledge.patterns.ifPresent(PatternMemory::start);
      return knowledge;
    } catch (IOException | RuntimeException e) {
      if (shelf != null) {
        shelf.close();
      }
      graph.close();
      throw e;
    }
  }

  /// The passages that fit a diagnosis of a service best, the best first. What then comes of the
  /// incident counts for, or against, the sources that were shown.
  ///
  /// @param k at most 30
  /// @throws IOException if the index in memory cannot be read, which is a fault of the machine
  public List<Found> passages(DiagnosisKind diagnosis, ServiceId service, int k)
      throws IOException {
    return finder.forTrouble(diagnosis, service, k, clock.instant());
  }

  /// The passages that answer a question best.
  public List<Found> search(String text, int k) throws IOException {
    return finder.search(text, Set.of(), k, clock.instant());
  }

  /// The whole part of the document that a passage stands in, if it was cut in several.
  public String section(Found found) {
    return library
        .find(found.source(), found.path())
        .map(item ->
            item.passages().stream()
                .filter(passage -> passage.heading().equals(found.heading()))
                .map(Passage::text)
                .collect(Collectors.joining("\n")))
        .filter(text -> !text.isEmpty())
        .orElse(found.text());
  }

  /// What is known of a service: each relation with the files that tell of it, most first.
  public List<Related> about(ServiceId service) {
    return graph.around(new Edge.Node(Edge.Kind.SERVICE, service.value())).entrySet().stream()
        .map(known -> new Related(known.getKey(), known.getValue()))
        .sorted(Comparator.comparingInt(known -> -known.by().size()))
        .toList();
  }

  /// @param by who says so: source and path, or `policy`
  public record Related(Edge edge, Set<String> by) {}

  /// Files that hold no text that could be had, each with the reason.
  public List<String> quarantine() {
    return library.all().stream()
        .flatMap(item -> item.trouble().stream().map(t -> item.id() + ": " + t.reason()))
        .toList();
  }

  /// What is wrong with the index on disk.
  public List<String> damage() {
    return shelf.soundness().damage();
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(eye);
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  private void verifyIfDue() {
    Instant now = clock.instant();
    if (!now.isBefore(shelf.verified().plus(settings.verify()))) {
      shelf.verify(now);
    }
  }

  private List<Measured> measure(Instant now) {
    var all = new ArrayList<Measured>();
    List<Item> items = library.all();
    long ill = items.stream().filter(item -> item.trouble().isPresent()).count();
    all.add(new Measured(PIPELINE, "ingestion_rate", intake.rate(now)));
    all.add(
        new Measured(PIPELINE, "ingestion_stalled_s", pipeline.stalled(now).toMillis() / 1000.0));
    all.add(
        new Measured(
            PIPELINE, "quarantined_ratio", items.isEmpty() ? 0 : ill / (double) items.size()));
    all.add(new Measured(INDEX, "search_queries", finder.rate(now)));
    all.add(new Measured(INDEX, "index_damage", shelf.soundness().damage().size()));
    all.add(new Measured(INDEX, "index_missing_ratio", shelf.missingRatio()));
    all.add(new Measured(GRAPH, "graph_size", graph.lines()));
    all.add(new Measured(GRAPH, "graph_dead_ratio", deadRatio()));
    all.add(new Measured(TRUST, "trust_age_h", trust.age(now).toMillis() / MILLIS_PER_HOUR));
    if (!settings.sources().isEmpty()) {
      all.add(new Measured(TRUST, "trust_scores", trust.mean(now)));
    }
    return all;
  }

  private double deadRatio() {
    int lines = graph.lines();
    return lines == 0 ? 0 : 1 - graph.live() / (double) lines;
  }

  /// Not on the thread of the hands: an interrupt in the midst of writing would close the new
  /// index.
  private Result rebuildIndex(Warrant warrant) throws InterruptedException {
    var failure = new AtomicReference<Optional<IOException>>(Optional.empty());
    Thread builder =
        Thread.ofVirtual()
            .name("knowledge rebuild")
            .start(() -> {
              try {
                shelf.rebuild(clock.instant());
              } catch (IOException e) {
                failure.set(Optional.of(e));
              }
            });
    builder.join();
    return failure
        .get()
        .<Result>map(
            e -> new Result.Failed("the index could not be rebuilt: " + e.getMessage(), true))
        .orElseGet(() -> new Result.Done("rebuilt with " + shelf.size() + " passages"));
  }

  private Result refreshSources(Warrant warrant) throws InterruptedException {
    List<String> problems = pipeline.refresh(REFRESH_LIMIT);
    return problems.isEmpty()
        ? new Result.Done("all " + settings.sources().size() + " sources were read")
        : new Result.Failed("not all were read: " + String.join("; ", problems), true);
  }

  private Result updateTrustScores(Warrant warrant) {
    try {
      trust.update(clock.instant());
      return new Result.Done("worked out for " + settings.sources().size() + " sources");
    } catch (IOException e) {
      return new Result.Failed("trust could not be kept: " + e.getMessage(), true);
    }
  }

  private Result compactGraph(Warrant warrant) {
    try {
      Set<String> known = library.all().stream().map(Item::id).collect(Collectors.toSet());
      known.add(POLICY);
      int dropped = graph.compact(known);
      return new Result.Done(
          "dropped " + dropped + " claims that held no more; " + graph.live() + " hold");
    } catch (IOException e) {
      return new Result.Failed("the graph could not be written: " + e.getMessage(), true);
    }
  }

  @Override
  public void close() {
    listening.close();
    pipeline.close();
    patterns.ifPresent(PatternMemory::close);
    shelf.close();
    graph.close();
  }
}
