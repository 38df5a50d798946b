package io.grace.runtime.codec;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.event.Event;
import tools.jackson.databind.node.ObjectNode;

/// Events as drafts of journal entries, and entries as events. *Thread-safe.*
public final class EventCodec {
  private EventCodec() {}

  /// The event as the journal is to keep it; its time stands in the entry alone.
  public static Draft draft(Event event) {
    return new Draft(
        event.at(),
        event.actor(),
        Kinds.of(event),
        event.subject(),
        Json.MAPPER.writeValueAsString(event));
  }

  /// @throws IllegalArgumentException if this version does not know the kind
  /// @throws tools.jackson.core.JacksonException if the payload is not what the kind asks for
  public static Event event(Entry entry) {
    ObjectNode payload = (ObjectNode) Json.MAPPER.readTree(entry.payload());
    payload.put("at", entry.at().toString());
    Earlier.complete(entry.kind(), payload);
    return Json.MAPPER.treeToValue(payload, Kinds.type(entry.kind()));
  }

  /// Whether the entry is an event; the journal's own entries, such as its creation, are not.
  public static boolean isEvent(Entry entry) {
    return !entry.kind().startsWith("journal.") && !entry.kind().startsWith("key.");
  }
}
