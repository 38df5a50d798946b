package io.grace.lab.chaos;

/// One playbook for each phase, long where GRACE is to be killed.
final class DrillPlaybooks {
  private static final String SWITCH_OFF =
      """
        - name: switch_off
          action: toggle_flag
          with: {flag: new_pricing, state: false}
          timeout: 10s
          undo: {action: toggle_flag, with: {flag: new_pricing, state: true}}
      """;

  private DrillPlaybooks() {}

  static String yaml(Phase phase) {
    return """
    apiVersion: grace/v1
    kind: Playbook
    id: %1$s
    version: 1
    title: Healing for the kill drill
    treats: [%1$s]
    steps:
    %2$sverification:
      checks: ["%1$s < 1"]
      stabilisation: %3$s
      samples: 2
      failures: 2
      timeout: 20s
    impact: low
    prior: 0.5
    timeout: 2m
    """
        .formatted(phase.id(), steps(phase), phase == Phase.VERIFYING ? "2s" : "1s");
  }

  private static String steps(Phase phase) {
    return switch (phase) {
      case PROPOSED, APPROVED -> SWITCH_OFF + mark("after", 0.1, 0.1);
      // Killed in the first, it is not healed; killed in the last, it is.
      case RUNNING -> mark("before", 1.2, 0.1) + SWITCH_OFF + mark("after", 1.2, 0.1);
      case VERIFYING -> SWITCH_OFF;
      // Heals nothing, so both are undone.
      case COMPENSATING -> mark("first", 0.1, 1.2) + mark("second", 0.1, 1.2);
    };
  }

  private static String mark(String name, double seconds, double undoSeconds) {
    return """
      - name: %1$s
        action: drill_step
        with: {mark: %1$s, seconds: %2$s}
        timeout: 30s
        undo: {action: drill_step, with: {mark: un%1$s, seconds: %3$s}}
    """
        .formatted(name, seconds, undoSeconds);
  }
}
