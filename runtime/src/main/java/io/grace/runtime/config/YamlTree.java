package io.grace.runtime.config;

import io.grace.runtime.config.Problems.Place;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Turns YAML nodes into JSON nodes and notes where each is. Aliases are copied out, within a
/// limit. Owned by the thread that loads.
final class YamlTree {
  /// What aliases may blow a file up to.
  private static final int MOST_NODES = 100_000;

  /// More digits than any number of GRACE needs, and few enough to be cheap.
  private static final int MOST_DIGITS = 40;

  private static final Set<Tag> KNOWN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Map<String, Place> places;
  private final Problems problems;
  private final Set<Node> open = new HashSet<>();
  private int nodes;

  YamlTree(Map<String, Place> places, Problems problems) {
    this.places = places;
    this.problems = problems;
  }

  JsonNode convert(Node top) {
    return convert(top, "", top);
  }

  /// @param where the node whose place is noted: for a member its key
  private JsonNode convert(Node node, String pointer, Node where) {
    where.getStartMark().ifPresent(mark -> places.put(pointer, YamlReader.place(mark)));
    if (nodes++ >= MOST_NODES) {
      problems.form("", "must have at most " + MOST_NODES + " values, aliases copied out");
      return JSON.nullNode();
    }
    if (!KNOWN.contains(node.getTag())) {
      problems.form(pointer, "must not have the tag " + Shown.text(node.getTag().getValue()));
      return JSON.nullNode();
    }
    if (!open.add(node)) {
      problems.form(pointer, "must not contain itself through an alias");
      return JSON.nullNode();
    }
    var converted =
        switch (node) {
          case MappingNode mapping -> mapping(mapping, pointer);
          case SequenceNode sequence -> sequence(sequence, pointer);
          case ScalarNode scalar -> scalar(scalar, pointer);
          default -> JSON.nullNode();
        };
    open.remove(node);
    return converted;
  }

  private JsonNode mapping(MappingNode mapping, String pointer) {
    var object = JSON.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.form(pointer, "must have texts as keys");
        continue;
      }
      String child = Pointers.child(pointer, key.getValue());
      if (object.has(key.getValue())) {
        int first = places.getOrDefault(child, Place.START).line();
        key.getStartMark().ifPresent(mark -> places.put(child, YamlReader.place(mark)));
        problems.form(child, "is there twice, first in line " + first);
        continue;
      }
      object.set(key.getValue(), convert(tuple.getValueNode(), child, key));
    }
    return object;
  }

  private JsonNode sequence(SequenceNode sequence, String pointer) {
    var array = JSON.arrayNode();
    for (Node item : sequence.getValue()) {
      array.add(convert(item, Pointers.child(pointer, Integer.toString(array.size())), item));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode scalar, String pointer) {
    String text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(text.equalsIgnoreCase("true"));
    }
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
        ? number(text, pointer)
        : JSON.stringNode(text);
  }

  private JsonNode number(String text, String pointer) {
    try {
      if (text.matches("[-+]?[0-9]{1,18}")) {
        return JSON.numberNode(Long.parseLong(text));
      }
      double value = text.length() > MOST_DIGITS ? Double.NaN : Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return JSON.numberNode(value);
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    problems.form(pointer, "must be a finite number of at most " + MOST_DIGITS + " digits");
    return JSON.nullNode();
  }
}
