package io.grace.runtime.codec;

import io.grace.core.model.Proposal;
import tools.jackson.databind.node.ObjectNode;

/// Parts of events as JSON, for projections that keep them whole. *Thread-safe.*
public final class Payloads {
  private Payloads() {}

  public static String proposal(Proposal proposal) {
    return Json.MAPPER.writeValueAsString(proposal);
  }

  /// @throws tools.jackson.core.JacksonException if the text is not a proposal
  public static Proposal proposal(String json) {
    ObjectNode proposal = (ObjectNode) Json.MAPPER.readTree(json);
    Earlier.complete(proposal);
    return Json.MAPPER.treeToValue(proposal, Proposal.class);
  }
}
