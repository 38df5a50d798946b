package io.grace.domains.knowledge.reading;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What a file says. *Immutable.*
///
/// @param title empty if it has none
/// @param owner who answers for it
/// @param reviewed when somebody last vouched for it
/// @param entities what a service catalogue declares; empty for other files
/// @param blocks fenced code as it stands there; only of Markdown
public record Text(
    String title,
    Optional<String> owner,
    Optional<LocalDate> reviewed,
    List<Section> sections,
    List<Entity> entities,
    List<Block> blocks) {
  public Text {
    sections = List.copyOf(sections);
    entities = List.copyOf(entities);
    blocks = List.copyOf(blocks);
  }

  Text(
      String title,
      Optional<String> owner,
      Optional<LocalDate> reviewed,
      List<Section> sections,
      List<Entity> entities) {
    this(title, owner, reviewed, sections, entities, List.of());
  }

  /// @param language as the fence says, in small letters; empty if it does not
  /// @param text with its line breaks and what it is indented by
  public record Block(String language, String text) {}

  /// @param path the headings above it, outermost first
  public record Section(List<String> path, String text) {
    public Section {
      path = List.copyOf(path);
    }
  }

  /// One entry of a service catalogue.
  ///
  /// @param dependsOn names of components
  public record Entity(String kind, String name, Optional<String> owner, List<String> dependsOn) {
    public Entity {
      dependsOn = List.copyOf(dependsOn);
    }
  }

  public boolean isEmpty() {
    return sections.stream().allMatch(section -> section.text().isBlank()) && entities.isEmpty();
  }
}
