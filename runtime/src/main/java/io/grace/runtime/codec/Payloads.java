package io.grace.runtime.codec;

import io.grace.core.model.Proposal;
import tools.jackson.databind.node.ObjectNode;

/// Parts of events, and what is signed, as JSON. *Thread-safe.*
public final class Payloads {
  private Payloads() {}

  public static String proposal(Proposal proposal) {
    return Json.MAPPER.writeValueAsString(proposal);
  }

  /// A record of this house as canonical JSON (RFC 8785): what is hashed and signed.
  public static String canonical(Object made) {
    return Json.MAPPER.writeValueAsString(made);
  }

  /// @throws tools.jackson.core.JacksonException if the text is no such record
  public static <T> T read(String canonical, Class<T> type) {
    return Json.MAPPER.readValue(canonical, type);
  }

  /// @throws tools.jackson.core.JacksonException if the text is not a proposal
  public static Proposal proposal(String json) {
    ObjectNode proposal = (ObjectNode) Json.MAPPER.readTree(json);
    Earlier.complete(proposal);
    return Json.MAPPER.treeToValue(proposal, Proposal.class);
  }
}
