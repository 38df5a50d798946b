package io.grace.runtime.config;

import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Condition;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Items;
import io.grace.core.model.Playbook.Items.Relation;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Node.Arm;
import io.grace.core.model.Playbook.Pace;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Retries;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the steps of a playbook, with those within them.
final class StepsReader {
  /// What makes a step what it is, and what else it may say.
  private static final Map<String, Set<String>> KINDS = new LinkedHashMap<>();

  /// What of that it must say.
  private static final Map<String, Set<String>> NEEDED =
      Map.of("action", Set.of("timeout", "undo"));

  static {
    KINDS.put(
        "action", Set.of("target", "with", "timeout", "retries", "check", "undo", "on_failure"));
    KINDS.put("branch", Set.of("otherwise"));
    KINDS.put("parallel", Set.of());
    KINDS.put("for_each", Set.of());
    KINDS.put("wait", Set.of());
    KINDS.put("ask", Set.of());
    KINDS.put("ladder", Set.of());
    KINDS.put("playbook", Set.of("with"));
  }

  private static final Bound OF_ACT = new Bound.OneOf(Set.of("done", "failed", "skipped"));
  private static final Bound OF_WAIT = new Bound.OneOf(Set.of("met", "timeout", "skipped"));

  private final Known known;
  private final Map<String, Bound> parameters;
  private final Function<PlaybookId, Optional<Playbook>> others;

  StepsReader(
      Known known, Map<String, Bound> parameters, Function<PlaybookId, Optional<Playbook>> others) {
    this.known = known;
    this.parameters = parameters;
    this.others = others;
  }

  /// The steps in order, or nothing if one of them could not be read.
  ///
  /// @param earlier what can come of the steps before; those read here are added
  /// @param isRung whether a failure is a reason to go on
  Optional<List<Node>> read(Cursor steps, Map<String, Bound> earlier, boolean isRung) {
    var nodes = new ArrayList<Node>();
    for (Cursor step : steps.items()) {
      node(step, earlier, isRung).ifPresent(nodes::add);
    }
    return nodes.size() == steps.items().size() ? Optional.of(nodes) : Optional.empty();
  }

  private Optional<Node> node(Cursor step, Map<String, Bound> earlier, boolean isRung) {
    if (!step.node().isObject()) {
      return Optional.empty();
    }
    Optional<String> kind = kind(step);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    var name = step.at("name").text("");
    return switch (kind.get()) {
      case "action" -> noting(act(step, isRung), name, OF_ACT, earlier);
      case "branch" -> branch(step, earlier, isRung);
      case "parallel" -> parallel(step, earlier);
      case "for_each" -> forEach(step, earlier);
      case "wait" -> noting(await(step, earlier), name, OF_WAIT, earlier);
      case "ask" -> question(step, earlier);
      case "ladder" -> ladder(step, earlier);
      default -> sub(step);
    };
  }

  private static Optional<Node> noting(
      Optional<Node> node, String name, Bound result, Map<String, Bound> earlier) {
    earlier.put(name, result);
    return node;
  }

  /// Exactly one kind, all that it needs, and nothing that belongs to another.
  private static Optional<String> kind(Cursor step) {
    List<String> kinds = KINDS.keySet().stream().filter(k -> step.at(k).isThere()).toList();
    if (kinds.size() != 1) {
      step.problem(
          "needs exactly one of "
              + String.join(", ", KINDS.keySet())
              + (kinds.isEmpty() ? "" : ", not " + String.join(" and ", kinds)));
      return Optional.empty();
    }
    String kind = kinds.getFirst();
    Set<String> allowed = KINDS.getOrDefault(kind, Set.of());
    for (String other : step.members().keySet()) {
      boolean isOfAnother =
          KINDS.values().stream().anyMatch(keys -> keys.contains(other))
              && !allowed.contains(other);
      if (isOfAnother) {
        step.at(other).problem("does not go with " + kind);
      }
    }
    for (String needed : new TreeSet<>(NEEDED.getOrDefault(kind, Set.of()))) {
      if (!step.at(needed).isThere()) {
        step.problem("lacks '" + needed + "'" + hint(needed));
      }
    }
    return kinds.stream().findFirst();
  }

  private static String hint(String needed) {
    return needed.equals("undo")
        ? ": say how it is taken back with {action: …}, {not_needed: why} or {irreversible: true}"
        : ": say how long it may take, such as timeout: 30s";
  }

  private Conditions.Scope scope(Map<String, Bound> earlier) {
    return new Conditions.Scope(known, parameters, earlier);
  }

  // ---- acts

  private Optional<Node> act(Cursor cursor, boolean isRung) {
    var call = call(cursor);
    var undo = undo(cursor.at("undo"));
    var check = cursor.at("check");
    var verification =
        check.isThere()
            ? Checks.verification(check, scope(Map.of()))
            : Optional.<Verification>empty();
    if (call.isEmpty() || undo.isEmpty() || verification.isPresent() != check.isThere()) {
      return Optional.empty();
    }
    var retries = cursor.at("retries");
    return cursor.make(() ->
        new Node.Step(
            cursor.at("name").text(""),
            call.get(),
            cursor.at("timeout").duration(PlaybookReader.FALLBACK),
            new Retries(
                retries.at("max").whole(0),
                retries.at("backoff").duration(Duration.ZERO),
                retries.at("factor").whole(1)),
            verification,
            undo.get(),
            goesOn(cursor.at("on_failure"), isRung)));
  }

  private static boolean goesOn(Cursor cursor, boolean standard) {
    return cursor.isThere() ? cursor.text("").equals("go_on") : standard;
  }

  private Optional<Call> call(Cursor cursor) {
    Optional<ServiceId> target =
        cursor.at("target").isThere() ? known.service(cursor.at("target")) : Optional.empty();
    var arguments = with(cursor.at("with"));
    if (target.isPresent() != cursor.at("target").isThere() || arguments.isEmpty()) {
      return Optional.empty();
    }
    return cursor.make(() -> new Call(cursor.at("action").text(""), target, arguments.get()));
  }

  private Optional<Map<String, Source>> with(Cursor with) {
    Map<String, Source> arguments = with.map(name -> name, this::source);
    return arguments.size() == with.members().size() ? Optional.of(arguments) : Optional.empty();
  }

  private Optional<Source> source(Cursor cursor) {
    if (!cursor.node().isObject()) {
      return Bounds.argument(cursor).map(Source.Literal::new);
    }
    var name = cursor.at("parameter").text();
    if (name.isEmpty()) {
      cursor.problem("must be a value or {parameter: name}");
    } else if (!parameters.containsKey(name.get())) {
      cursor.problem(
          "the playbook has no parameter " + Known.named(name.get(), parameters.keySet()));
      return Optional.empty();
    }
    return name.map(Source.FromParameter::new);
  }

  private Optional<Undo> undo(Cursor cursor) {
    if (!cursor.node().isObject()) {
      return Optional.empty();
    }
    var said = new ArrayList<String>();
    for (String way : new String[] {"action", "not_needed", "irreversible"}) {
      if (cursor.at(way).isThere()) {
        said.add(way);
      }
    }
    if (said.size() != 1) {
      cursor.problem("needs exactly one of action, not_needed (why), irreversible: true");
      return Optional.empty();
    }
    return switch (said.getFirst()) {
      case "action" -> call(cursor).map(Undo.Compensation::new);
      case "not_needed" -> Optional.of(new Undo.NotNeeded(cursor.at("not_needed").text("")));
      default -> Optional.of(new Undo.Irreversible());
    };
  }

  // ---- parts with steps in them

  private Optional<Node> branch(Cursor step, Map<String, Bound> earlier, boolean isRung) {
    var arms = new ArrayList<Arm>();
    List<Cursor> written = step.at("branch").items();
    for (Cursor arm : written) {
      Optional<Condition> when = Conditions.read(arm.at("when"), scope(earlier));
      Optional<List<Node>> steps = read(arm.at("steps"), earlier, isRung);
      if (when.isPresent() && steps.isPresent()) {
        arms.add(new Arm(when.get(), steps.get()));
      }
    }
    Optional<List<Node>> otherwise = read(step.at("otherwise"), earlier, isRung);
    if (arms.size() < written.size() || otherwise.isEmpty()) {
      return Optional.empty();
    }
    var chosen = new TreeSet<String>();
    for (int i = 1; i <= written.size(); i++) {
      chosen.add("case " + i);
    }
    chosen.add("none");
    chosen.add("skipped");
    earlier.put(step.at("name").text(""), new Bound.OneOf(chosen));
    return step.make(() -> new Node.Branch(step.at("name").text(""), arms, otherwise.get()));
  }

  /// An arm does not know of the others, since they run at the same time.
  private Optional<Node> parallel(Cursor step, Map<String, Bound> earlier) {
    var arms = new ArrayList<List<Node>>();
    var later = new LinkedHashMap<String, Bound>();
    List<Cursor> written = step.at("parallel").items();
    for (Cursor arm : written) {
      var own = new LinkedHashMap<>(earlier);
      read(arm.at("steps"), own, false).ifPresent(arms::add);
      later.putAll(own);
    }
    earlier.putAll(later);
    return arms.size() < written.size()
        ? Optional.empty()
        : step.make(() -> new Node.Parallel(step.at("name").text(""), arms));
  }

  /// What comes of a step in a loop is different for each service, so it is known inside only.
  private Optional<Node> forEach(Cursor step, Map<String, Bound> earlier) {
    Cursor loop = step.at("for_each");
    Optional<Items> items = items(loop);
    Optional<List<Node>> steps = read(loop.at("steps"), new LinkedHashMap<>(earlier), false);
    Optional<Pace> pace = loop.at("pace").isThere() ? pace(loop, earlier, items) : Optional.empty();
    if (items.isEmpty() || steps.isEmpty() || pace.isPresent() != loop.at("pace").isThere()) {
      return Optional.empty();
    }
    int batch = loop.at("batch").whole(items.get().most());
    return loop.make(() ->
        new Node.ForEach(
            step.at("name").text(""),
            items.get(),
            batch,
            loop.at("max_unavailable").whole(pace.isPresent() ? batch : 1),
            loop.at("pause").duration(Duration.ZERO),
            pace,
            steps.get()));
  }

  private Optional<Items> items(Cursor loop) {
    Cursor in = loop.at("in");
    if (in.node().isArray()) {
      if (loop.at("most").isThere()) {
        loop.at("most").problem("does not go with a list of services, which has an end by itself");
      }
      var services = in.list(known::service);
      return services.size() < in.items().size()
          ? Optional.empty()
          : loop.make(() -> new Items.Listed(services));
    }
    Optional<Relation> relation = in.choice(Relation.class);
    if (relation.isEmpty()) {
      if (in.isThere()) {
        in.problem(
            "must be a list of services, dependents or dependencies" + Shown.value("", in.node()));
      }
      return Optional.empty();
    }
    if (!loop.at("most").isThere()) {
      loop.problem(
          "has no bound: say how many "
              + in.text("")
              + " it may go over at most, such as most: 10");
      return Optional.empty();
    }
    return loop.make(() -> new Items.Related(relation.get(), loop.at("most").whole(1)));
  }

  private Optional<Pace> pace(Cursor loop, Map<String, Bound> earlier, Optional<Items> items) {
    Cursor pace = loop.at("pace");
    for (String other : new String[] {"batch", "max_unavailable", "pause"}) {
      if (loop.at(other).isThere()) {
        loop.at(other).problem("does not go with pace, which decides how many are under way");
      }
    }
    int most = Math.min(pace.at("most").whole(Items.MOST), items.map(Items::most).orElse(1));
    return Conditions.read(pace.at("while"), scope(earlier))
        .flatMap(
            good -> pace.make(() -> new Pace(pace.at("start").whole(1), Math.max(1, most), good)));
  }

  private Optional<Node> await(Cursor step, Map<String, Bound> earlier) {
    Cursor wait = step.at("wait");
    return Conditions.read(wait.at("until"), scope(earlier))
        .flatMap(until ->
            wait.make(() ->
                new Node.Wait(
                    step.at("name").text(""),
                    until,
                    wait.at("timeout").duration(PlaybookReader.FALLBACK),
                    goesOn(wait.at("on_timeout"), false))));
  }

  private Optional<Node> question(Cursor step, Map<String, Bound> earlier) {
    Cursor ask = step.at("ask");
    Optional<Bound> bound = Bounds.read(ask.at("answer"));
    if (bound.isEmpty()) {
      return Optional.empty();
    }
    earlier.put(step.at("name").text(""), bound.get());
    Optional<Argument> otherwise = Bounds.argument(ask.at("otherwise"), bound.get());
    return ask.make(() ->
        new Node.Question(
            step.at("name").text(""),
            ask.at("question").text(""),
            bound.get(),
            ask.at("timeout").duration(PlaybookReader.FALLBACK),
            otherwise));
  }

  private Optional<Node> ladder(Cursor step, Map<String, Bound> earlier) {
    Cursor ladder = step.at("ladder");
    Optional<Condition> until = Conditions.read(ladder.at("until"), scope(earlier));
    var rungs = new ArrayList<List<Node>>();
    List<Cursor> written = ladder.at("rungs").items();
    for (Cursor rung : written) {
      read(rung.at("steps"), earlier, true).ifPresent(rungs::add);
    }
    if (until.isEmpty() || rungs.size() < written.size()) {
      return Optional.empty();
    }
    return ladder.make(() ->
        new Node.Ladder(
            step.at("name").text(""),
            until.get(),
            ladder.at("wait").duration(PlaybookReader.FALLBACK),
            rungs));
  }

  private Optional<Node> sub(Cursor step) {
    var id = step.make(() -> new PlaybookId(step.at("playbook").text("")));
    var with = with(step.at("with"));
    if (id.isEmpty() || with.isEmpty()) {
      return Optional.empty();
    }
    Optional<Playbook> playbook = others.apply(id.get());
    if (playbook.isEmpty()) {
      step.at("playbook")
          .problem(
              "there is no playbook "
                  + Shown.text(id.get().value())
                  + " that can be used here: it must exist, be sound, and not use this one");
      return Optional.empty();
    }
    return fits(step, playbook.get(), with.get())
        ? step.make(() -> new Node.Sub(step.at("name").text(""), playbook.get(), with.get()))
        : Optional.empty();
  }

  /// Every parameter of the other playbook is given, has a default or comes from the incident.
  private boolean fits(Cursor step, Playbook playbook, Map<String, Source> with) {
    boolean fits = true;
    for (Map.Entry<String, Source> given : with.entrySet()) {
      var parameter = playbook.parameters().get(given.getKey());
      Cursor at = step.at("with").at(given.getKey());
      if (parameter == null) {
        at.problem(
            playbook.id()
                + " has no parameter "
                + Known.named(given.getKey(), playbook.parameters().keySet()));
        fits = false;
      } else if (given.getValue() instanceof Source.Literal(Argument value)
          && !parameter.bound().admits(value)) {
        at.problem("must be " + parameter.bound().wanted() + ": " + Shown.argument(value));
        fits = false;
      }
    }
    String missing =
        playbook.parameters().entrySet().stream()
            .filter(p -> p.getValue().defaultValue().isEmpty() && p.getValue().from().isEmpty())
            .map(Map.Entry::getKey)
            .filter(name -> !with.containsKey(name))
            .sorted()
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      step.problem(playbook.id() + " needs " + missing + " in with");
      fits = false;
    }
    return fits;
  }
}
