package io.grace.runtime.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// CloudEvents 1.0 over HTTP: structured, batched and binary mode, as the JSON event format and the
/// HTTP protocol binding describe them. *Thread-safe.*
final class CloudEvents {
  static final String STRUCTURED = "application/cloudevents+json";
  static final String BATCH = "application/cloudevents-batch+json";

  private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");
  private static final int MOST = 1_000;

  private CloudEvents() {}

  /// An event, ready for a mapping: attributes and `data` in one object.
  ///
  /// @param key source and id, by which it is told twice
  record Event(String key, JsonNode node) {}

  /// @param headers by name in lower case
  static List<Event> read(String contentType, Map<String, String> headers, byte[] body)
      throws Unreadable {
    if (contentType.startsWith(BATCH)) {
      JsonNode list = Body.json(body);
      if (!list.isArray() || list.size() > MOST) {
        throw Unreadable.malformed("a batch must be a list of at most " + MOST + " events");
      }
      var events = new ArrayList<Event>();
      for (JsonNode event : list) {
        events.add(event(event));
      }
      return events;
    }
    if (contentType.startsWith(STRUCTURED)) {
      return List.of(event(Body.object(body)));
    }
    return List.of(event(binary(contentType, headers, body)));
  }

  private static ObjectNode binary(String contentType, Map<String, String> headers, byte[] body)
      throws Unreadable {
    var attributes = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> {
      if (name.startsWith("ce-")) {
        attributes.put(name.substring("ce-".length()), value);
      }
    });
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    attributes.forEach(event::put);
    if (contentType.contains("json")) {
      event.set("data", Body.json(body));
    } else {
      event.put("data", new String(body, StandardCharsets.UTF_8));
    }
    return event;
  }

  private static Event event(JsonNode event) throws Unreadable {
    if (!event.isObject()) {
      throw Unreadable.malformed("an event must be a JSON object");
    }
    for (String attribute : REQUIRED) {
      if (!event.path(attribute).isString() || Body.text(event, attribute).isEmpty()) {
        throw Unreadable.malformed(
            "the event has no " + attribute + ", which CloudEvents requires");
      }
    }
    if (!Body.text(event, "specversion").equals("1.0")) {
      throw Unreadable.unacceptable(
          "specversion must be 1.0: " + Clean.text(Body.text(event, "specversion"), 20));
    }
    return new Event(Body.text(event, "source") + "\n" + Body.text(event, "id"), event);
  }
}
