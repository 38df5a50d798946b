package io.grace.domains.knowledge;

/// One thing that is known: how two nodes are related. *Immutable.*
public record Edge(Node from, Relation relation, Node to) {
  /// What a node stands for.
  public enum Kind {
    SERVICE,
    PLAYBOOK,
    INCIDENT,
    PERSON,
    CAUSE
  }

  /// @param name as it is written where it was found
  public record Node(Kind kind, String name) {
    private static final int LONGEST = 200;

    public Node {
      name = name.strip();
      name = name.substring(0, Math.min(name.length(), LONGEST));
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a node needs a name");
      }
    }
  }

  /// How the first is related to the second.
  public enum Relation {
    DEPENDS_ON,
    OWNED_BY,
    WRITTEN_BY,
    TREATS,
    ABOUT,
    AFFECTED,
    CAUSED_BY,
    HEALED_BY
  }
}
