package io.grace.runtime.codec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What entries of earlier versions lack, said as those versions meant it; the entries themselves
/// stay as they were signed.
final class Earlier {
  private Earlier() {}

  /// Completes the payload of an entry that was written before its kind knew all of its parts.
  static void complete(String kind, ObjectNode payload) {
    switch (kind) {
      case "run.proposed" -> {
        if (payload.get("proposal") instanceof ObjectNode proposal) {
          complete(proposal);
        }
      }
      case "meta.cycled" -> {
        if (payload.get("cycle") instanceof ObjectNode cycle && !cycle.has("advice")) {
          cycle.putArray("advice");
        }
      }
      default -> {}
    }
  }

  /// Before advisers were heard, the circumstances of a proposal were not recorded either.
  static void complete(ObjectNode proposal) {
    if (!proposal.has("advice")) {
      proposal.putArray("advice");
    }
    JsonNode circumstances = proposal.get("circumstances");
    if (circumstances == null) {
      proposal.putObject("circumstances").put("distress", 0).put("load", 0.0);
    }
  }
}
