package io.grace.runtime.domain;

import io.grace.core.model.ActionSpec;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What is known of a domain before it runs. Found by [java.util.ServiceLoader], so that adding one
/// touches its own package, its `domain.yaml` and one line. *Immutable.*
public interface DomainKind {
  /// Its key in `domains`, and the name of its hands.
  String name();

  /// The text of its `domain.yaml`: settings, metrics, triage, nodes and playbooks. Whatever is
  /// wrong with it is a problem of the configuration, with the domain and the line.
  String definition();

  /// What its hands can do, on its own nodes. No two domains offer an action of the same name.
  List<ActionSpec> actions();

  /// Begins to work. Nothing is running or open if this throws.
  ///
  /// @param settings what the team wrote at its key; fits the schema of the definition
  /// @throws IOException if it cannot begin; the message says what to do
  Domain open(JsonNode settings, House house) throws IOException;
}
