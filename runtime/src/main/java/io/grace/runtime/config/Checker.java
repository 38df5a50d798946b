package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.policy.TimeInterval;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Explains a valid configuration, for `grace check`.
public final class Checker {
  private final Config config;
  private final Policy policy;
  private final Plannable plannable;
  private final Instant now;

  private Checker(Config config, Instant now) {
    this.config = config;
    this.policy = config.policy();
    this.plannable = new Plannable(config);
    this.now = now;
  }

  /// @param now for what is open and what opens next
  public static Explanation explain(Config config, Instant now) {
    return new Checker(config, now).explanation();
  }

  private Explanation explanation() {
    return new Explanation(
        lower(policy.ceiling()),
        policy.hash().value(),
        config.domains().stream()
            .map(d -> new Explanation.Domain(d.name(), texts(d.nodes())))
            .toList(),
        services().map(this::service).toList(),
        policy.playbooks().stream().map(this::playbook).toList(),
        policy.catalogue().values().stream()
            .sorted(Comparator.comparing(ActionSpec::name))
            .map(Checker::action)
            .toList(),
        calendar(),
        config.tokens().stream()
            .map(t -> new Explanation.Token(t.name(), lower(t.role())))
            .toList(),
        config.oidc().map(Checker::provider),
        new Warnings(config, plannable, now).all());
  }

  private Stream<ServicePolicy> services() {
    return policy.services().values().stream().sorted(Comparator.comparing(ServicePolicy::id));
  }

  private Explanation.Service service(ServicePolicy service) {
    var playbooks =
        policy.playbooks().stream()
            .filter(p -> plannable.notBecause(p, service).isEmpty())
            .map(p -> named(service, p.id()))
            .toList();
    return new Explanation.Service(
        service.id().value(),
        lower(service.mode().atMost(policy.ceiling())),
        texts(service.dependsOn()),
        playbooks);
  }

  /// With its mode where that differs from the service's.
  private String named(ServicePolicy service, PlaybookId playbook) {
    Mode mode = policy.mode(service.id(), playbook);
    return mode == service.mode().atMost(policy.ceiling())
        ? playbook.value()
        : playbook + " (" + lower(mode) + ")";
  }

  private Explanation.Playbook playbook(Playbook playbook) {
    return new Explanation.Playbook(
        playbook.id().value(),
        playbook.version(),
        lower(playbook.impact()),
        texts(playbook.treats()),
        plannable.neverBecause(playbook),
        Proof.of(playbook));
  }

  private static Explanation.Action action(ActionSpec spec) {
    return new Explanation.Action(
        spec.name(), spec.provider(), lower(spec.impact()), texts(spec.targets()));
  }

  private static Explanation.Provider provider(OidcConfig oidc) {
    return new Explanation.Provider(
        oidc.issuer().toString(),
        oidc.rolesClaim(),
        oidc.roles().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> new Explanation.Group(e.getKey(), lower(e.getValue())))
            .toList());
  }

  private Explanation.Calendar calendar() {
    var calendar = policy.calendar();
    boolean open = calendar.isOpen(now);
    return new Explanation.Calendar(
        calendar.windows().stream().map(Checker::interval).toList(),
        calendar.freezes().stream().map(Checker::interval).toList(),
        open,
        open ? Optional.empty() : calendar.nextOpening(now).map(Instant::toString));
  }

  private static String interval(TimeInterval interval) {
    return interval.name() + " (" + interval.zone() + ")";
  }

  private static List<String> texts(Collection<?> values) {
    return values.stream().map(Object::toString).sorted().toList();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
