package io.grace.core.memory;

/// Who asks, as the way in has found out; never what a request says of itself. *Immutable.*
///
/// @param domain the one that the credential was given to
/// @param actor whose name the journal gets
public record Credential(DomainId domain, String actor) {
  public Credential {
    if (actor.isBlank()) {
      throw new IllegalArgumentException("actor must not be blank");
    }
  }
}
