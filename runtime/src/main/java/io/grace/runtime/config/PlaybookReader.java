package io.grace.runtime.config;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Impact;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Parameter;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Step;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Retries;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads one playbook. What is missing or malformed is the schema's business; here it becomes a
/// value, or nothing.
final class PlaybookReader {
  private static final Duration FALLBACK = Duration.ofMinutes(1);

  private final Known known;

  PlaybookReader(Known known) {
    this.known = known;
  }

  Optional<Playbook> read(Cursor playbook) {
    var parameters = playbook.at("parameters").map(name -> name, this::parameter);
    var declared = playbook.at("parameters").members().keySet();
    var id = playbook.at("id").make(() -> new PlaybookId(playbook.at("id").text("")));
    var treats = playbook.at("treats").list(c -> c.make(() -> new DiagnosisKind(c.text(""))));
    var preconditions = playbook.at("preconditions").list(c -> Checks.check(c, known));
    var steps = playbook.at("steps").list(c -> step(c, declared));
    var verification = Checks.verification(playbook.at("verification"), known);
    boolean complete =
        steps.size() == playbook.at("steps").items().size()
            && preconditions.size() == playbook.at("preconditions").items().size()
            && parameters.size() == playbook.at("parameters").members().size();
    if (!complete || verification.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    return playbook.make(() ->
        new Playbook(
            id.get(),
            playbook.at("version").whole(1),
            playbook.at("title").text(""),
            new HashSet<>(treats),
            parameters,
            preconditions,
            steps,
            verification.get(),
            playbook.at("impact").choice(Impact.class).orElse(Impact.CRITICAL),
            playbook.at("prior").decimal(0.5),
            playbook.at("timeout").duration(FALLBACK)));
  }

  private Optional<Parameter> parameter(Cursor cursor) {
    return Bounds.read(cursor)
        .flatMap(bound ->
            cursor.make(() -> new Parameter(bound, Bounds.argument(cursor.at("default"), bound))));
  }

  private Optional<Step> step(Cursor cursor, Set<String> parameters) {
    var call = call(cursor, parameters);
    var undo = undo(cursor.at("undo"), parameters);
    var check = cursor.at("check");
    var verification =
        check.isThere() ? Checks.verification(check, known) : Optional.<Verification>empty();
    if (call.isEmpty() || undo.isEmpty() || verification.isPresent() != check.isThere()) {
      return Optional.empty();
    }
    var retries = cursor.at("retries");
    return cursor.make(() ->
        new Step(
            cursor.at("name").text(""),
            call.get(),
            cursor.at("timeout").duration(FALLBACK),
            new Retries(retries.at("max").whole(0), retries.at("backoff").duration(Duration.ZERO)),
            verification,
            undo.get()));
  }

  private Optional<Call> call(Cursor cursor, Set<String> parameters) {
    Optional<ServiceId> target =
        cursor.at("target").isThere() ? known.service(cursor.at("target")) : Optional.empty();
    var with = cursor.at("with");
    var arguments = with.map(name -> name, c -> source(c, parameters));
    if (target.isPresent() != cursor.at("target").isThere()
        || arguments.size() != with.members().size()) {
      return Optional.empty();
    }
    return cursor.make(() -> new Call(cursor.at("action").text(""), target, arguments));
  }

  private static Optional<Source> source(Cursor cursor, Set<String> parameters) {
    if (!cursor.node().isObject()) {
      return Bounds.argument(cursor).map(Source.Literal::new);
    }
    var name = cursor.at("parameter").text();
    if (name.isEmpty()) {
      cursor.problem("must be a value or {parameter: name}");
    } else if (!parameters.contains(name.get())) {
      cursor.problem("the playbook has no parameter " + Known.named(name.get(), parameters));
      return Optional.empty();
    }
    return name.map(Source.FromParameter::new);
  }

  private Optional<Undo> undo(Cursor cursor, Set<String> parameters) {
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
      case "action" -> call(cursor, parameters).map(Undo.Compensation::new);
      case "not_needed" -> Optional.of(new Undo.NotNeeded(cursor.at("not_needed").text("")));
      default -> Optional.of(new Undo.Irreversible());
    };
  }
}
