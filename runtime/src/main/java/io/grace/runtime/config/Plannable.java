package io.grace.runtime.config;

import io.grace.core.model.Action;
import io.grace.core.model.Argument;
import io.grace.core.model.MetricId;
import io.grace.core.model.Occasion;
import io.grace.core.model.Plan;
import io.grace.core.model.Plans;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.policy.TriageRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells which playbooks can be planned for which services, and why the others cannot.
public final class Plannable {
  private final Config config;

  public Plannable(Config config) {
    this.config = config;
  }

  /// Why the playbook can be planned for no service; empty if it can be for one.
  public Optional<String> neverBecause(Playbook playbook) {
    var named =
        config.policy().triage().stream().map(TriageRule::diagnosis).collect(Collectors.toSet());
    named.add(TriageRule.GENERAL_DEGRADATION);
    if (playbook.treats().stream().noneMatch(named::contains)) {
      return Optional.of("no triage rule names what it treats");
    }
    var reasons = new ArrayList<String>();
    for (ServicePolicy service : config.policy().services().values()) {
      var reason = notBecause(playbook, service);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      reasons.add(reason.get());
    }
    var unknown =
        PlaybookChecks.objections(playbook, config.policy().catalogue()).stream()
            .map(PlaybookChecks.Objection::message)
            .findFirst();
    return unknown
        .or(() -> reasons.stream().sorted().findFirst())
        .or(() -> Optional.of("no service is declared"));
  }

  /// Why the playbook cannot be planned for the service; empty if it can be.
  Optional<String> notBecause(Playbook playbook, ServicePolicy service) {
    Map<String, Argument> settings = service.settings(playbook.id());
    if (needsEvidence(playbook, settings)) {
      return playbook.acts().stream()
          .map(step -> step.call().action())
          .filter(action -> !config.policy().catalogue().containsKey(action))
          .map(action -> "no provider offers " + action)
          .findFirst();
    }
    try {
      return Plans.of(
              playbook,
              service.id(),
              settings,
              new Occasion(Optional.empty(), config.policy().topology()))
          .steps()
          .stream()
          .flatMap(Plannable::actions)
          .flatMap(action -> objections(action).stream())
          .findFirst();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Whether only an incident can tell what it is planned with.
  private static boolean needsEvidence(Playbook playbook, Map<String, Argument> settings) {
    return playbook.parameters().entrySet().stream()
        .anyMatch(p ->
            p.getValue().from().isPresent()
                && p.getValue().defaultValue().isEmpty()
                && !settings.containsKey(p.getKey()));
  }

  private static Stream<Action> actions(Plan.Step step) {
    return Stream.concat(step.act().map(Plan.Act::action).stream(), step.compensation().stream());
  }

  private List<String> objections(Action action) {
    var spec = config.policy().catalogue().get(action.name());
    return spec == null ? List.of("no provider offers " + action.name()) : spec.objections(action);
  }

  /// The metrics that the verification or the preconditions need and nothing measures.
  Set<MetricId> unmeasured(Playbook playbook, ServiceId service) {
    var needed = new ArrayList<>(playbook.verification().measured());
    playbook.preconditions().forEach(c -> c.measured(needed::add));
    return needed.stream()
        .filter(m -> !measured(m.target().orElse(service)).contains(m.metric()))
        .map(m -> m.metric())
        .collect(Collectors.toSet());
  }

  private Set<MetricId> measured(ServiceId service) {
    var measured = new HashSet<MetricId>();
    for (ProbeConfig probe : config.telemetry().probes()) {
      if (probe.service().equals(service)) {
        measured.add(new MetricId("up"));
        measured.add(new MetricId("instances_up"));
        if (!(probe instanceof ProbeConfig.Process)) {
          measured.add(new MetricId("latency_ms"));
          measured.add(new MetricId("probe_latency_ms"));
        }
      }
    }
    for (ScrapeConfig scrape : config.telemetry().scrapes()) {
      if (scrape.service().equals(service)) {
        scrape.derivations().forEach(d -> measured.add(d.metric()));
      }
    }
    return measured;
  }
}
