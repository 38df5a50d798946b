package io.grace.runtime.config;

import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Condition;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Evidence;
import io.grace.core.model.Impact;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Parameter;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Verification;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads one playbook. What is missing or malformed is the schema's business; here it becomes a
/// value, or nothing.
final class PlaybookReader {
  static final Duration FALLBACK = Duration.ofMinutes(1);

  private final Known known;
  private final Function<PlaybookId, Optional<Playbook>> others;

  /// @param others playbooks that this one may use; empty if there is none of this name
  PlaybookReader(Known known, Function<PlaybookId, Optional<Playbook>> others) {
    this.known = known;
    this.others = others;
  }

  Optional<Playbook> read(Cursor playbook) {
    var parameters = playbook.at("parameters").map(name -> name, this::parameter);
    var id = playbook.at("id").make(() -> new PlaybookId(playbook.at("id").text("")));
    var treats = playbook.at("treats").list(c -> c.make(() -> new DiagnosisKind(c.text(""))));
    var bounds = bounds(playbook.at("parameters"));
    var scope = new Conditions.Scope(known, bounds, Map.of());
    var preconditions = playbook.at("preconditions").list(c -> Conditions.read(c, scope));
    Optional<List<Node>> steps =
        new StepsReader(known, bounds, others)
            .read(playbook.at("steps"), new LinkedHashMap<>(), false);
    Optional<Verification> verification = Checks.verification(playbook.at("verification"), scope);
    boolean complete =
        preconditions.size() == playbook.at("preconditions").items().size()
            && parameters.size() == playbook.at("parameters").members().size();
    if (!complete || steps.isEmpty() || verification.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    return playbook.make(() ->
        new Playbook(
            id.get(),
            playbook.at("version").whole(1),
            playbook.at("title").text(""),
            new HashSet<>(treats),
            parameters,
            List.<Condition>copyOf(preconditions),
            steps.get(),
            verification.get(),
            playbook.at("impact").choice(Impact.class).orElse(Impact.CRITICAL),
            playbook.at("prior").decimal(0.5),
            playbook.at("timeout").duration(FALLBACK)));
  }

  /// Of all that are written, so that one with a wrong default is not called unknown as well.
  private static Map<String, Bound> bounds(Cursor parameters) {
    var bounds = new LinkedHashMap<String, Bound>();
    parameters
        .members()
        .forEach((name, c) -> bounds.put(name, Bounds.read(c).orElse(new Bound.TrueOrFalse())));
    return bounds;
  }

  private Optional<Parameter> parameter(Cursor cursor) {
    var from = cursor.at("from");
    Optional<Evidence> evidence = from.choice(Evidence.class);
    if (from.isThere() && evidence.isEmpty()) {
      return Optional.empty(); // The schema has said so.
    }
    return Bounds.read(cursor)
        .flatMap(bound -> {
          Optional<Argument> standard = Bounds.argument(cursor.at("default"), bound);
          return cursor.make(() -> new Parameter(bound, standard, evidence));
        });
  }
}
