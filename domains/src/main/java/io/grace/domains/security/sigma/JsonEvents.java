package io.grace.domains.security.sigma;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Fills events from JSON. A field within an object is `outer.inner`; of Windows events (`Event`
/// with `System` and `EventData`) fields have the names that Sigma gives them: `EventID`,
/// `Provider_Name`, `CommandLine`. *Thread-safe.*
final class JsonEvents {
  private static final String ATTRIBUTES = "#attributes";

  private final JsonFactory json = new JsonFactory();
  private final Node root = new Node();

  /// Names of one object that are met at once.
  private static final int MOST_SEEN = 256;

  private record Seen(String name, Node node) {}

  /// What a name means within an object.
  private static final class Node {
    static final Node UNKNOWN = new Node();

    final Map<String, Node> within = new HashMap<>();
    int field = FieldTable.NONE;
    @Nullable Node otherwise;

    /// What names meant lately; only of objects that are met. Threads may take each other's place
    /// in it: an entry is right whoever wrote it.
    private @Nullable Seen @Nullable [] seen;

    Node child(String name) {
      return within.computeIfAbsent(name, _ -> new Node());
    }

    /// The parser gives the same object for the same name, so that most names are known without
    /// being compared.
    Node of(String name) {
      @Nullable Seen[] known = seen;
      if (known == null) {
        known = new Seen[MOST_SEEN];
        seen = known;
      }
      int place = name.hashCode() & MOST_SEEN - 1;
      Seen last = known[place];
      if (last != null && last.name == name) {
        return last.node;
      }
      Node node = find(name);
      known[place] = new Seen(name, node);
      return node;
    }

    private Node find(String name) {
      Node node = within.get(name);
      if (node != null) {
        return node;
      }
      return otherwise == null ? UNKNOWN : otherwise;
    }
  }

  JsonEvents(FieldTable fields) {
    Node event = root.child("Event");
    Node system = event.child("System");
    Node data = event.child("EventData");
    Node userData = event.child("UserData");
    Node user = new Node();
    userData.otherwise = user;
    for (String name : fields.names()) {
      int number = fields.known(name);
      if (number == FieldTable.ALL) {
        continue;
      }
      path(root, name).field = number;
      root.child(name).field = number;
      data.child(name).field = number;
      user.child(name).field = number;
      system.child(name).field = number;
      // An element with attributes has its text beside them.
      system.child(name).child("#text").field = number;
      int split = name.indexOf('_');
      if (split > 0) {
        Node attributes = system.child(name.substring(0, split)).child(ATTRIBUTES);
        attributes.child(name.substring(split + 1)).field = number;
      }
    }
  }

  private static Node path(Node from, String name) {
    Node node = from;
    for (String part : name.split("\\.", -1)) {
      node = node.child(part);
    }
    return node;
  }

  /// @throws Unusable if it is no JSON object
  void fill(Event event, byte[] bytes, int offset, int length) throws Unusable {
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unusable("an event must be a JSON object");
      }
      object(event, parser, root);
    } catch (JacksonException e) {
      throw new Unusable("an event must be JSON: " + e.getOriginalMessage());
    }
  }

  /// The parser bounds how deep objects are nested.
  private static void object(Event event, JsonParser parser, Node node) {
    String name = parser.nextName();
    while (name != null) {
      value(event, parser, node.of(name), parser.nextToken());
      name = parser.nextName();
    }
  }

  private static void value(Event event, JsonParser parser, Node node, JsonToken token) {
    switch (token) {
      case START_OBJECT -> object(event, parser, node);
      case START_ARRAY -> {
        JsonToken next = parser.nextToken();
        while (next != JsonToken.END_ARRAY) {
          value(event, parser, node, next);
          next = parser.nextToken();
        }
      }
      case VALUE_NULL -> event.addNull(node.field);
      default ->
          event.add(
              node.field,
              parser.getStringCharacters(),
              parser.getStringOffset(),
              parser.getStringLength());
    }
  }
}
