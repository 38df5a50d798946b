package io.grace.domains.ml;

import java.util.Map;

/// A name under which versions of a model are kept. *Immutable.*
///
/// @param createdMs since 1970, as are the others
/// @param description empty if there is none
public record RegisteredModel(
    String name, long createdMs, long updatedMs, String description, Map<String, String> tags) {
  public RegisteredModel {
    tags = Map.copyOf(tags);
  }
}
