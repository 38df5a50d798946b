package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import io.grace.runtime.process.ProcessProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads what GRACE may do, and makes the catalogue of actions of it.
final class ProvidersReader {
  /// What came of reading. *Immutable.*
  record Read(ProvidersConfig providers, Map<String, ActionSpec> catalogue) {}

  private static final String PROCESS = "process";

  private final Known known;
  private final Targets targets;
  private final Map<String, ActionSpec> catalogue = new TreeMap<>();

  /// @param ours what domains can do
  ProvidersReader(Known known, Targets targets, Map<String, ActionSpec> ours) {
    this.known = known;
    this.targets = targets;
    catalogue.putAll(ours);
  }

  Read read(Cursor providers) {
    var processes =
        List.copyOf(providers.at(PROCESS).at("services").map(name -> name, this::process).values());
    if (!processes.isEmpty()) {
      processActions(processes.stream().map(ProcessConfig::service).collect(Collectors.toSet()));
    }
    var calls = providers.at("http").list(c -> call(c).filter(it -> offer(c, it.spec())));
    var programs = providers.at("exec").list(c -> program(c).filter(it -> offer(c, it.spec())));
    return new Read(new ProvidersConfig(processes, calls, programs), Map.copyOf(catalogue));
  }

  private void processActions(Set<ServiceId> services) {
    ProcessProvider.specs(services).forEach(spec -> catalogue.put(spec.name(), spec));
  }

  /// One provider performs an action, so that it is never in doubt which.
  private boolean offer(Cursor cursor, ActionSpec spec) {
    var other = catalogue.putIfAbsent(spec.name(), spec);
    if (other != null) {
      cursor
          .at("action")
          .problem(
              Shown.text(spec.name())
                  + " is already declared by provider "
                  + other.provider()
                  + "; one declaration lists all its services");
    }
    return other == null;
  }

  private Optional<ProcessConfig> process(Cursor cursor) {
    var service = known.service(cursor, Pointers.last(cursor.pointer()));
    var directory = targets.path(cursor.at("directory"), "");
    if (service.isEmpty() || directory.isEmpty()) {
      return Optional.empty();
    }
    int min = cursor.at("min_instances").whole(1);
    return cursor.make(() ->
        new ProcessConfig(
            service.get(),
            cursor.at("command").list(Cursor::text),
            directory.get(),
            cursor.at("environment").map(name -> name, Cursor::text),
            min,
            cursor.at("max_instances").whole(Math.max(1, min)),
            cursor.at("stop_timeout").duration(Duration.ofSeconds(10)),
            cursor.at("readiness").text()));
  }

  private Optional<HttpCallConfig> call(Cursor cursor) {
    String action = cursor.at("action").text("");
    var instances =
        cursor
            .at("targets")
            .map(
                name -> name,
                c ->
                    known
                        .service(c, Pointers.last(c.pointer()))
                        .flatMap(s -> targets.read(c).map(t -> Map.entry(s, t))))
            .values();
    return cursor.make(() ->
        new HttpCallConfig(
            action,
            instances.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
            cursor.at("method").text("POST"),
            cursor.at("path").text("/"),
            parameters(action, cursor.at("parameters")),
            cursor.at("headers").map(name -> name, Cursor::text),
            statuses(cursor.at("expected")),
            impact(cursor),
            cursor.at("reversible").flag(false),
            cursor.at("timeout").duration(Duration.ofSeconds(10))));
  }

  private Optional<ExecConfig> program(Cursor cursor) {
    String action = cursor.at("action").text("");
    Collection<ServiceId> services = cursor.at("services").list(known::service);
    var directory = targets.path(cursor.at("directory"), "");
    return directory.flatMap(path ->
        cursor.make(() ->
            new ExecConfig(
                action,
                new HashSet<>(services),
                Path.of(cursor.at("program").text("/")),
                cursor.at("args").list(Cursor::text),
                parameters(action, cursor.at("parameters")),
                cursor.at("environment").map(name -> name, Cursor::text),
                path,
                statuses(cursor.at("unchanged_exit_codes")),
                impact(cursor),
                cursor.at("reversible").flag(false),
                cursor.at("timeout").duration(Duration.ofSeconds(30)))));
  }

  private static Map<String, Bound> parameters(String action, Cursor cursor) {
    return WellKnown.completed(action, cursor.map(name -> name, Bounds::read), cursor);
  }

  private static Set<Integer> statuses(Cursor cursor) {
    return cursor.items().stream().map(c -> c.whole(0)).collect(Collectors.toSet());
  }

  private static Impact impact(Cursor cursor) {
    return cursor.at("impact").choice(Impact.class).orElse(Impact.MEDIUM);
  }
}
