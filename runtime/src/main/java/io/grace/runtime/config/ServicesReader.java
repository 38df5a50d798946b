package io.grace.runtime.config;

import io.grace.core.model.Argument;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.ServicePolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what people decided for single services.
final class ServicesReader {
  /// A fault of a dependency shows within two measurements or so.
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final Known known;
  private final Map<PlaybookId, Playbook> playbooks;

  ServicesReader(Known known, Map<PlaybookId, Playbook> playbooks) {
    this.known = known;
    this.playbooks = playbooks;
  }

  static Set<ServiceId> names(Cursor services) {
    var names = new HashSet<ServiceId>();
    services
        .members()
        .forEach((name, member) -> {
          if (name.startsWith("grace.") || name.startsWith("source.")) {
            member.problem("names that begin with grace. or source. are GRACE's own");
          }
          member.make(() -> new ServiceId(name)).ifPresent(names::add);
        });
    return names;
  }

  Map<ServiceId, ServicePolicy> read(Cursor services) {
    var policies = new LinkedHashMap<ServiceId, ServicePolicy>();
    services
        .members()
        .forEach((name, member) ->
            member
                .make(() -> new ServiceId(name))
                .flatMap(id -> service(id, member))
                .ifPresent(policy -> policies.put(policy.id(), policy)));
    return policies;
  }

  private Optional<ServicePolicy> service(ServiceId id, Cursor cursor) {
    var modes = new LinkedHashMap<PlaybookId, Mode>();
    cursor
        .at("modes")
        .members()
        .forEach((name, c) ->
            playbook(name, c)
                .ifPresent(p -> c.choice(Mode.class).ifPresent(m -> modes.put(p.id(), m))));
    var settings = new LinkedHashMap<PlaybookId, Map<String, Argument>>();
    cursor
        .at("playbooks")
        .members()
        .forEach(
            (name, c) -> playbook(name, c).ifPresent(p -> settings.put(p.id(), settings(p, c))));
    var dependencies = new HashSet<>(cursor.at("depends_on").list(known::service));
    return cursor.make(() ->
        new ServicePolicy(
            id,
            cursor.at("mode").choice(Mode.class).orElse(Mode.AUTONOMOUS),
            modes,
            settings,
            dependencies,
            cursor.at("settle").duration(SETTLE)));
  }

  private Optional<Playbook> playbook(String name, Cursor cursor) {
    var playbook = cursor.make(() -> new PlaybookId(name)).map(playbooks::get);
    if (playbook.isEmpty()) {
      cursor.problem("unknown playbook " + Known.named(name, playbooks.keySet()));
    }
    return playbook;
  }

  private static Map<String, Argument> settings(Playbook playbook, Cursor cursor) {
    var settings = new LinkedHashMap<String, Argument>();
    cursor
        .members()
        .forEach((name, c) -> {
          var parameter = playbook.parameters().get(name);
          if (parameter == null) {
            c.problem(
                playbook.id()
                    + " has no parameter "
                    + Known.named(name, playbook.parameters().keySet()));
            return;
          }
          Bounds.argument(c, parameter.bound())
              .ifPresent(value -> {
                if (parameter.bound().admits(value)) {
                  settings.put(name, value);
                } else {
                  c.problem(
                      "must be " + parameter.bound().wanted() + Shown.value(c.pointer(), c.node()));
                }
              });
        });
    return settings;
  }
}
