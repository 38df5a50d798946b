package io.grace.runtime.config;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Severity;
import io.grace.core.model.SourceId;
import io.grace.core.policy.Damping;
import io.grace.runtime.config.SourceConfig.Auth;
import io.grace.runtime.config.SourceConfig.Kind;
import io.grace.runtime.ingest.CelMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads who may tell GRACE something from outside.
final class SourcesReader {
  /// What came of reading. *Immutable.*
  record Read(List<SourceConfig> sources, Map<SourceId, Damping> damping) {}

  private static final Duration REPLAY_WINDOW = Duration.ofMinutes(5);

  /// Who rings when an error budget burns.
  private static final String OBJECTIVES = "slo";

  private final List<SourceConfig> sources = new ArrayList<>();
  private final Map<SourceId, Damping> damping = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  /// @param stores whose names are taken: each is watched under its name
  Read read(Cursor cursor, Collection<SourceId> stores) {
    stores.forEach(store -> names.add(store.value()));
    names.add(OBJECTIVES);
    for (Cursor source : cursor.items()) {
      source(source).ifPresent(sources::add);
    }
    return new Read(List.copyOf(sources), Map.copyOf(damping));
  }

  private Optional<SourceConfig> source(Cursor c) {
    String name = c.at("name").text("");
    if (!names.add(name)) {
      c.at("name")
          .problem("is taken by another source, a store or GRACE itself: " + Shown.text(name));
    }
    var id = c.at("name").make(() -> new SourceId(name));
    var kind = c.at("kind").choice(Kind.class);
    var auth = auth(c.at("auth"));
    if (id.isEmpty() || kind.isEmpty() || auth.isEmpty()) {
      return Optional.empty();
    }
    damping(c.at("damping")).ifPresent(d -> damping.put(id.get(), d));
    Map<String, String> mapping = mapping(c.at("map"), kind.get());
    return c.make(() ->
        new SourceConfig(
            id.get(),
            kind.get(),
            auth.get(),
            c.at("expect_every").isThere()
                ? Optional.of(c.at("expect_every").duration(REPLAY_WINDOW))
                : Optional.empty(),
            texts(c.at("service_labels"), SourceConfig.SERVICE_LABELS),
            c.at("severity_label").text("severity"),
            severities(c.at("severities")),
            c.at("diagnose").map(n -> n, SourcesReader::diagnosis),
            fields(c.at("fingerprint"), kind.get(), mapping),
            fields(c.at("damping").at("group_by"), kind.get(), mapping),
            c.at("expires").isThere()
                ? Optional.of(c.at("expires").duration(Duration.ofHours(1)))
                : Optional.empty(),
            mapping,
            c.at("derive").list(TelemetryReader::derivation)));
  }

  private static Optional<Auth> auth(Cursor c) {
    var bearer = c.at("bearer");
    var hmac = c.at("hmac");
    if (bearer.isThere() == hmac.isThere()) {
      c.problem("needs exactly one of bearer, hmac");
      return Optional.empty();
    }
    return bearer.isThere()
        ? bearer.text().map(Auth.Bearer::new)
        : hmac.at("secret")
            .text()
            .map(secret ->
                new Auth.Hmac(
                    secret,
                    hmac.at("signature_header").text("X-Signature"),
                    hmac.at("timestamp_header").text("X-Timestamp"),
                    hmac.at("replay_window").duration(REPLAY_WINDOW)));
  }

  private static Optional<Damping> damping(Cursor c) {
    if (!c.isThere()) {
      return Optional.empty();
    }
    var said =
        List.of("once_within", "once_after", "accumulate_within").stream()
            .filter(way -> c.at(way).isThere())
            .toList();
    if (said.size() != 1) {
      c.problem("needs exactly one of once_within, once_after, accumulate_within");
      return Optional.empty();
    }
    Duration window = c.at(said.getFirst()).duration(REPLAY_WINDOW);
    return c.make(() ->
        switch (said.getFirst()) {
          case "once_within" -> new Damping.OnceWithin(window);
          case "once_after" -> new Damping.OnceAfter(window);
          default -> new Damping.AccumulateWithin(window, c.at("threshold").whole(2));
        });
  }

  private static Optional<DiagnosisKind> diagnosis(Cursor c) {
    return c.make(() -> new DiagnosisKind(c.text("")));
  }

  private static Map<String, Severity> severities(Cursor c) {
    var all = new LinkedHashMap<>(SourceConfig.SEVERITIES);
    all.putAll(c.map(n -> n, v -> v.choice(Severity.class)));
    return all;
  }

  private static List<String> texts(Cursor c, List<String> fallback) {
    return c.isThere() ? c.list(Cursor::text) : fallback;
  }

  /// A field that no alert can have would make all alerts one, so it is not accepted.
  private static List<String> fields(Cursor c, Kind kind, Map<String, String> mapping) {
    for (Cursor field : c.items()) {
      String name = field.text("");
      boolean isKnown =
          kind == Kind.ALERTMANAGER
              || CelMapping.FIXED.contains(name)
              || mapping.containsKey("labels." + name);
      if (!isKnown) {
        field.problem(
            "matches nothing: map says nothing of labels."
                + Shown.text(name)
                + ", and it is none of "
                + CelMapping.FIXED);
      }
    }
    return c.list(Cursor::text);
  }

  /// The expressions by what they are for, labels as `labels.NAME`.
  private static Map<String, String> mapping(Cursor c, Kind kind) {
    boolean isMapped = kind == Kind.JSON || kind == Kind.CLOUDEVENTS;
    if (c.isThere() != isMapped) {
      c.problem(
          isMapped
              ? "is needed for kind " + (kind == Kind.JSON ? "json" : "cloudevents")
              : "is only for the kinds json and cloudevents");
      return Map.of();
    }
    var all = new LinkedHashMap<String, String>();
    c.members()
        .forEach((name, value) -> {
          if (name.equals("labels")) {
            value.members().forEach((label, cel) -> expression("labels." + label, cel, all));
          } else {
            expression(name, value, all);
          }
        });
    for (String needed : isMapped ? CelMapping.NEEDED : List.<String>of()) {
      if (!all.containsKey(needed)) {
        c.problem("needs " + needed);
      }
    }
    return all;
  }

  private static void expression(String name, Cursor cel, Map<String, String> all) {
    String text = cel.text("");
    CelMapping.objection(name, text).ifPresentOrElse(cel::problem, () -> all.put(name, text));
  }
}
