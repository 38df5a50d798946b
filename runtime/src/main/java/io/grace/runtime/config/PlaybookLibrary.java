package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The built-in playbooks and those of the team, one for each id. Owned by the thread that loads.
final class PlaybookLibrary {
  static final List<String> BUILT_IN =
      List.of(
          "restart_service",
          "rollback_flag",
          "scale_up_instances",
          "warm_cache",
          "increase_logging",
          "flush_circuit_breakers");

  /// People cannot know more by heart.
  private static final int MOST_FILES = 500;

  private final Known known;
  private final Map<String, ActionSpec> catalogue;
  private final Path base;
  private final Map<PlaybookId, Playbook> playbooks = new LinkedHashMap<>();
  private final Map<PlaybookId, String> origins = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /// Files of the team that were not read yet, by the id that they claim.
  private final Map<String, Source> waiting = new LinkedHashMap<>();

  /// Ids of the playbooks that are being read.
  private final Set<String> reading = new HashSet<>();

  private final Set<Source> done = new HashSet<>();

  private record Source(YamlFile file, String name) {}

  PlaybookLibrary(Known known, Map<String, ActionSpec> catalogue, Path base) {
    this.known = known;
    this.catalogue = catalogue;
    this.base = base;
    BUILT_IN.forEach(name -> addOurs(builtIn(name)));
  }

  /// Adds one that comes with GRACE; what is wrong with it is a bug.
  private void addOurs(YamlFile file) {
    List<Problem> wrong = addGiven(file);
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(wrong.toString());
    }
  }

  /// Adds one that comes with a domain, which may be somebody else's.
  void addOfDomain(YamlFile file) {
    problems.addAll(addGiven(file));
  }

  /// The team may replace it by a higher version.
  private List<Problem> addGiven(YamlFile file) {
    SchemaCheck.PLAYBOOK.check(file);
    var playbook = new PlaybookReader(known, this::find).read(file.cursor());
    if (playbook.isPresent() && file.problems().found().isEmpty()) {
      playbooks.put(playbook.get().id(), withImpactOfActions(playbook.get()));
    }
    return file.problems().found();
  }

  private static YamlFile builtIn(String name) {
    String resource = "/playbooks/" + name + ".yaml";
    try (var in = PlaybookLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the class path: " + resource);
      }
      return YamlReader.parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A playbook that another one uses; read now if it was not yet. One that is being read is not
  /// there, so no playbook can use itself.
  private Optional<Playbook> find(PlaybookId id) {
    var source = waiting.remove(id.value());
    if (source != null) {
      read(source);
    }
    return Optional.ofNullable(playbooks.get(id)).filter(_ -> !reading.contains(id.value()));
  }

  /// The team declares what an action can hurt, so a built-in playbook cannot know beforehand.
  private Playbook withImpactOfActions(Playbook p) {
    var least = PlaybookChecks.leastImpact(p, catalogue);
    return p.impact().atLeast(least)
        ? p
        : new Playbook(
            p.id(),
            p.version(),
            p.title(),
            p.treats(),
            p.parameters(),
            p.preconditions(),
            p.steps(),
            p.verification(),
            least,
            p.prior(),
            p.timeout());
  }

  /// @param paths files, or directories of which every `.yaml` and `.yml` is taken
  void add(Cursor paths) {
    var sources = new ArrayList<Source>();
    for (Cursor cursor : paths.items()) {
      var path = cursor.make(() -> base.resolve(Path.of(cursor.text(""))).normalize());
      path.ifPresent(p -> files(cursor, p).forEach(file -> sources.add(source(file))));
    }
    sources.forEach(source -> waiting.putIfAbsent(id(source), source));
    for (Source source : sources) {
      if (waiting.get(id(source)) == source) {
        waiting.remove(id(source));
        read(source);
      } else if (!done.contains(source)) {
        read(source);
      }
    }
  }

  private static String id(Source source) {
    return source.file().cursor().at("id").text("");
  }

  private List<Path> files(Cursor cursor, Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      cursor.problem("there is no such file or directory: " + Shown.text(path.toString()));
      return List.of();
    }
    try (var files = Files.list(path)) {
      var found = files.filter(PlaybookLibrary::isYaml).sorted().limit(MOST_FILES + 1L).toList();
      if (found.size() > MOST_FILES) {
        cursor.problem("must hold at most " + MOST_FILES + " playbooks");
        return List.of();
      }
      return found;
    } catch (IOException | UncheckedIOException _) {
      cursor.problem("cannot be listed: " + Shown.text(path.toString()));
      return List.of();
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private Source source(Path path) {
    String name = path.startsWith(base) ? base.relativize(path).toString() : path.toString();
    return new Source(YamlReader.read(path, name), name);
  }

  private void read(Source source) {
    done.add(source);
    YamlFile file = source.file();
    SchemaCheck.PLAYBOOK.check(file);
    var root = file.cursor();
    boolean isOutermost = reading.add(id(source));
    var playbook = new PlaybookReader(known, this::find).read(root);
    if (isOutermost) {
      reading.remove(id(source));
    }
    playbook.ifPresent(p ->
        PlaybookChecks.objections(p, catalogue)
            .forEach(it -> file.problems().sense(it.pointer(), it.message())));
    playbook
        .filter(p -> isNew(p, root))
        .ifPresent(p -> {
          playbooks.put(p.id(), p);
          origins.put(p.id(), source.name());
        });
    problems.addAll(file.problems().found());
  }

  private boolean isNew(Playbook playbook, Cursor root) {
    var same = Optional.ofNullable(origins.get(playbook.id()));
    if (same.isPresent()) {
      root.at("id").problem("is also the id in " + same.get() + ": " + playbook.id());
      return false;
    }
    var builtIn = playbooks.get(playbook.id());
    if (builtIn != null && playbook.version() <= builtIn.version()) {
      root.at("version")
          .problem(
              "must be higher than "
                  + builtIn.version()
                  + ", the version of the built-in playbook: "
                  + playbook.version());
      return false;
    }
    return true;
  }

  Map<PlaybookId, Playbook> playbooks() {
    return playbooks;
  }

  List<Problem> problems() {
    return problems;
  }
}
