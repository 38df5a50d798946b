package io.grace.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.entry.Entry;
import io.grace.core.event.Event.MetaCycled;
import io.grace.core.model.Hash;
import io.grace.core.model.MetaCycle;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Journals of earlier versions are read as they were meant.
class EarlierTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void cycleOfBeforeAdvisersWereHeardHasNoAdvice() {
    var draft = EventCodec.draft(new MetaCycled(MetaCycle.NONE, NOW));
    ObjectNode payload = (ObjectNode) Json.MAPPER.readTree(draft.payload());
    ((ObjectNode) payload.get("cycle")).remove("advice");
    var entry =
        new Entry(
            1,
            1,
            NOW,
            draft.actor(),
            draft.kind(),
            draft.subject(),
            payload.toString(),
            Hash.sha256(""),
            Hash.sha256("x"));

    var read = (MetaCycled) EventCodec.event(entry);

    assertEquals(List.of(), read.cycle().advice());
  }

  @Test
  void proposalOfBeforeAdvisersWereHeardWasMadeInUnknownCircumstances() {
    ObjectNode proposal = Json.MAPPER.createObjectNode();

    Earlier.complete(proposal);

    assertEquals(
        "{\"advice\":[],\"circumstances\":{\"distress\":0,\"load\":0.0}}", proposal.toString());
  }
}
