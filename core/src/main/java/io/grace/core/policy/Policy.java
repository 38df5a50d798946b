package io.grace.core.policy;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Hash;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that people decided beforehand. Its hash is journaled, and every approval is bound to it.
/// *Immutable.*
///
/// @param hash over the whole effective configuration
/// @param ceiling the global mode; no service goes higher
/// @param triage in order; the first rule that matches names the diagnosis
/// @param catalogue the known actions by name; anything else is denied
/// @param topology the declared calls; learned ones are part of the state
/// @param learning how far outcomes here count
/// @param parliament who votes on policies
public record Policy(
    Hash hash,
    Mode ceiling,
    Map<ServiceId, ServicePolicy> services,
    Map<MetricId, Metric> metrics,
    List<TriageRule> triage,
    List<Playbook> playbooks,
    Map<String, ActionSpec> catalogue,
    ChangeCalendar calendar,
    Limits limits,
    Approvals approvals,
    Topology topology,
    Sensing sensing,
    Learning learning,
    Parliament parliament) {

  public Policy {
    services = Map.copyOf(services);
    metrics = Map.copyOf(metrics);
    triage = List.copyOf(triage);
    playbooks = List.copyOf(playbooks);
    catalogue = Map.copyOf(catalogue);
    var seen = new HashSet<PlaybookId>();
    for (Playbook playbook : playbooks) {
      if (!seen.add(playbook.id())) {
        throw new IllegalArgumentException("two playbooks are called " + playbook.id());
      }
    }
  }

  /// One that nobody votes on.
  public Policy(
      Hash hash,
      Mode ceiling,
      Map<ServiceId, ServicePolicy> services,
      Map<MetricId, Metric> metrics,
      List<TriageRule> triage,
      List<Playbook> playbooks,
      Map<String, ActionSpec> catalogue,
      ChangeCalendar calendar,
      Limits limits,
      Approvals approvals,
      Topology topology,
      Sensing sensing,
      Learning learning) {
    this(
        hash,
        ceiling,
        services,
        metrics,
        triage,
        playbooks,
        catalogue,
        calendar,
        limits,
        approvals,
        topology,
        sensing,
        learning,
        Parliament.OFF);
  }

  /// The same under another parliament.
  public Policy with(Parliament other) {
    return new Policy(
        hash, ceiling, services, metrics, triage, playbooks, catalogue, calendar, limits, approvals,
        topology, sensing, learning, other);
  }

  /// The same with these playbooks instead. It keeps its hash, so it is for trying out alone.
  public Policy with(List<Playbook> others) {
    return new Policy(
        hash,
        ceiling,
        services,
        metrics,
        triage,
        others,
        catalogue,
        calendar,
        limits,
        approvals,
        topology,
        sensing,
        learning,
        parliament);
  }

  /// The same under another hash, which is over all else.
  public Policy sealed(Hash seal) {
    return new Policy(
        seal,
        ceiling,
        services,
        metrics,
        triage,
        playbooks,
        catalogue,
        calendar,
        limits,
        approvals,
        topology,
        sensing,
        learning,
        parliament);
  }

  public Optional<ServicePolicy> service(ServiceId service) {
    return Optional.ofNullable(services.get(service));
  }

  /// How far GRACE may go with this service and playbook; a service that nobody declared is only
  /// observed.
  public Mode mode(ServiceId service, PlaybookId playbook) {
    var declared = services.get(service);
    return declared == null ? Mode.OBSERVE : declared.mode(playbook).atMost(ceiling);
  }

  public static Topology topology(Map<ServiceId, ServicePolicy> services) {
    var dependencies = new HashMap<ServiceId, Set<ServiceId>>();
    services.forEach((id, service) -> dependencies.put(id, service.dependsOn()));
    return new Topology(dependencies);
  }
}
