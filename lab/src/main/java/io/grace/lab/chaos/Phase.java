package io.grace.lab.chaos;

import io.grace.lab.chaos.Ledger.Fact;
import io.grace.lab.service.ServiceName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Where in a run GRACE is killed. Each has a service, a metric, a diagnosis and a playbook of its
/// own, so that one configuration serves the whole drill.
enum Phase {
  PROPOSED(ServiceName.GATEWAY, Duration.ofMillis(1500)),
  /// The kill races with a person's approval.
  APPROVED(ServiceName.ORDERS, Duration.ofMillis(60)),
  RUNNING(ServiceName.INVENTORY, Duration.ofMillis(1000)),
  VERIFYING(ServiceName.PAYMENTS, Duration.ofMillis(1900)),
  COMPENSATING(ServiceName.CACHE, Duration.ofMillis(1000));

  private final ServiceName service;
  private final Duration length;

  Phase(ServiceName service, Duration length) {
    this.service = service;
    this.length = length;
  }

  ServiceName service() {
    return service;
  }

  /// How long it lasts at least; the kill comes within.
  Duration length() {
    return length;
  }

  /// What its metric, its diagnosis and its playbook are called.
  String id() {
    return "drill_" + word();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether people must approve its playbook.
  boolean isAsked() {
    return this == PROPOSED || this == APPROVED;
  }

  /// The entry that begins it: the kind, and of which step.
  Fact begins(String run, RandomGenerator random) {
    return switch (this) {
      case PROPOSED, APPROVED -> new Fact("run.proposed", run, -1);
      case RUNNING -> new Fact("step.started", run, random.nextBoolean() ? 0 : 2);
      case VERIFYING -> new Fact("step.ended", run, 0);
      case COMPENSATING -> new Fact("compensation.started", run, random.nextInt(2));
    };
  }

  /// @throws IllegalArgumentException if a name is none of the phases
  static List<Phase> of(String names) {
    return Arrays.stream(names.split(",", -1))
        .map(name -> Phase.valueOf(name.toUpperCase(Locale.ROOT)))
        .toList();
  }
}
