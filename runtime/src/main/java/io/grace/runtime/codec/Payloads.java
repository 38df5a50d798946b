package io.grace.runtime.codec;

import io.grace.core.model.Proposal;

/// Parts of events as JSON, for projections that keep them whole. *Thread-safe.*
public final class Payloads {
  private Payloads() {}

  public static String proposal(Proposal proposal) {
    return Json.MAPPER.writeValueAsString(proposal);
  }

  /// @throws tools.jackson.core.JacksonException if the text is not a proposal
  public static Proposal proposal(String json) {
    return Json.MAPPER.readValue(json, Proposal.class);
  }
}
