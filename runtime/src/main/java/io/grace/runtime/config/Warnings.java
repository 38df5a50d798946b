package io.grace.runtime.config;

import io.grace.core.model.Impact;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import io.grace.runtime.config.TokenConfig.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds what is valid but probably not meant. Owned by the thread that asks.
final class Warnings {
  private final Config config;
  private final Policy policy;
  private final Plannable plannable;
  private final Instant now;
  private final List<String> found = new ArrayList<>();

  Warnings(Config config, Plannable plannable, Instant now) {
    this.config = config;
    this.policy = config.policy();
    this.plannable = plannable;
    this.now = now;
  }

  List<String> all() {
    policy.services().values().stream()
        .sorted(Comparator.comparing(ServicePolicy::id))
        .forEach(this::service);
    policy.playbooks().forEach(this::playbook);
    calendar();
    approvals();
    return List.copyOf(found);
  }

  private void service(ServicePolicy service) {
    if (!isHeardOf(service)) {
      found.add(service.id() + ": nothing measures it, so GRACE never acts on it");
    }
    if (policy.playbooks().stream().noneMatch(p -> plannable.notBecause(p, service).isEmpty())) {
      found.add(service.id() + ": no playbook can be planned for it");
    }
    // Silent services are autonomous under the ceiling, so only a mode below that was written.
    if (service.mode() == Mode.APPROVE && policy.ceiling() == Mode.OBSERVE) {
      found.add(service.id() + ": mode approve is above the global mode observe, which holds");
    }
  }

  /// Measured here, by a store, or told of by a source.
  private boolean isHeardOf(ServicePolicy service) {
    return config.telemetry().services().contains(service.id())
        || !config.sources().isEmpty()
        || config.stores().stores().stream()
            .flatMap(store -> store.signals().stream())
            .anyMatch(s -> s.service().map(service.id()::equals).orElse(true));
  }

  private void playbook(Playbook playbook) {
    var never = plannable.neverBecause(playbook);
    if (never.isPresent()) {
      found.add(playbook.id() + " can never be planned: " + never.get());
      return;
    }
    if (playbook.timeout().compareTo(policy.limits().runTimeout()) > 0) {
      found.add(
          playbook.id()
              + " may take "
              + Shown.duration(playbook.timeout())
              + ", but limits.run_timeout ends every run after "
              + Shown.duration(policy.limits().runTimeout()));
    }
    var blind = new TreeMap<String, String>();
    for (ServicePolicy service : policy.services().values()) {
      if (plannable.notBecause(playbook, service).isEmpty()) {
        var unmeasured = new TreeSet<>(plannable.unmeasured(playbook, service.id()));
        if (!unmeasured.isEmpty()) {
          blind.put(service.id().value(), unmeasured.toString());
        }
      }
    }
    blind.forEach((service, metrics) ->
        found.add(
            playbook.id()
                + " on "
                + service
                + ": nothing measures what its checks need, "
                + metrics));
  }

  private void calendar() {
    if (policy.ceiling() == Mode.OBSERVE) {
      return;
    }
    if (policy.calendar().nextOpening(now).isEmpty()) {
      found.add("no change window opens within a year, so every run waits for an override");
    }
  }

  private static boolean mayApprove(Role role) {
    return role == Role.APPROVER || role == Role.ADMIN;
  }

  private void approvals() {
    if (config
        .oidc()
        .map(o -> o.roles().values().stream().anyMatch(Warnings::mayApprove))
        .orElse(false)) {
      return; // How many people a group has is not known here.
    }
    if (config.tokens().isEmpty() && config.oidc().isEmpty()) {
      found.add("no tokens: nobody can use the API, approve or stop anything");
      return;
    }
    long approvers = config.tokens().stream().filter(t -> mayApprove(t.role())).count();
    for (Impact impact : Impact.values()) {
      int needed = policy.approvals().needed(impact);
      if (needed > approvers) {
        found.add(
            "impact "
                + impact.name().toLowerCase(Locale.ROOT)
                + " needs "
                + needed
                + " approvals, but only "
                + approvers
                + " tokens may approve");
      }
    }
  }
}
