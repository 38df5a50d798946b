package io.grace.runtime.replay;

import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.model.Candidate;
import io.grace.core.model.Mode;
import io.grace.core.model.PlaybookId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a policy decides about an incident first. *Immutable.*
///
/// @param playbook empty if it does nothing
/// @param why what the gate said, or the rule that stood in the way
/// @param propensities with which each playbook was chosen
public record Decided(
    Kind kind, Optional<PlaybookId> playbook, String why, Map<PlaybookId, Double> propensities) {
  public enum Kind {
    /// By itself.
    ACTS,
    /// After people agreed.
    ASKS,
    /// Until a window opens, or the switch is released.
    WAITS,
    /// Observe mode: recorded only.
    WATCHES,
    NOTHING;

    /// Whether something is done, sooner or later.
    public boolean doesSomething() {
      return this == ACTS || this == ASKS || this == WAITS;
    }
  }

  static final Decided UNDECIDED =
      new Decided(Kind.NOTHING, Optional.empty(), "not decided", Map.of());

  public Decided {
    propensities = Map.copyOf(propensities);
  }

  static Decided of(RunProposed e) {
    var propensities = new HashMap<PlaybookId, Double>();
    for (Candidate c : e.proposal().candidates()) {
      propensities.put(c.playbook(), c.propensity());
    }
    Kind kind =
        e.proposal().mode() == Mode.OBSERVE
            ? Kind.WATCHES
            : e.verdict().startsWith("would ask")
                ? Kind.ASKS
                : e.verdict().startsWith("would wait")
                    ? Kind.WAITS
                    : e.verdict().startsWith("would not act") ? Kind.NOTHING : Kind.ACTS;
    return new Decided(
        kind, Optional.of(e.proposal().plan().playbook()), e.verdict(), propensities);
  }

  static Decided of(ProposalSkipped e) {
    return new Decided(Kind.NOTHING, Optional.empty(), e.rule(), Map.of());
  }

  /// For comparing: what is done, and with what.
  String brief() {
    return kind.name().toLowerCase(Locale.ROOT)
        + playbook.map(p -> " " + p).orElse(kind == Kind.NOTHING ? " (" + why + ")" : "");
  }
}
