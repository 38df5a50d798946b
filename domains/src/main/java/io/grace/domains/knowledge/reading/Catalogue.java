package io.grace.domains.knowledge.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A service catalogue in the form of Backstage (*Descriptor Format of Catalog Entities*): one or
/// more YAML documents with `kind`, `metadata` and `spec`.
final class Catalogue {
  private static final int MAX_ENTITIES = 1_000;
  private static final YAMLMapper YAML = new YAMLMapper();

  private Catalogue() {}

  static Text read(String file) throws Unreadable {
    var outline = new Outline();
    var entities = new ArrayList<Text.Entity>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file)) {
      while (documents.hasNext()) {
        JsonNode entity = documents.next();
        String kind = entity.path("kind").asString("");
        String name = entity.path("metadata").path("name").asString("");
        if (kind.isEmpty() || name.isEmpty()) {
          throw new Unreadable("an entity needs kind and metadata.name");
        }
        if (entities.size() == MAX_ENTITIES) {
          throw new Unreadable("more than " + MAX_ENTITIES + " entities");
        }
        entities.add(entity(entity, kind, name, outline));
      }
    } catch (JacksonException e) {
      throw new Unreadable("is no sound YAML: " + e.getOriginalMessage(), e);
    }
    Optional<String> owner =
        entities.stream().flatMap(entity -> entity.owner().stream()).findFirst();
    return new Text(outline.title(), owner, Optional.empty(), outline.sections(), entities);
  }

  private static Text.Entity entity(JsonNode entity, String kind, String name, Outline outline) {
    JsonNode spec = entity.path("spec");
    String owner = local(spec.path("owner").asString(""));
    List<String> dependsOn = new ArrayList<>();
    spec.path("dependsOn").forEach(on -> dependsOn.add(local(on.asString(""))));
    outline.heading(1, kind + " " + name);
    outline.paragraph(entity.path("metadata").path("title").asString(""));
    outline.paragraph(entity.path("metadata").path("description").asString(""));
    if (!owner.isEmpty()) {
      outline.paragraph("Owner: " + owner + ".");
    }
    if (!dependsOn.isEmpty()) {
      outline.paragraph("Depends on " + String.join(", ", dependsOn) + ".");
    }
    return new Text.Entity(kind, name, Optional.of(owner).filter(o -> !o.isEmpty()), dependsOn);
  }

  /// `component:default/orders` is `orders`.
  private static String local(String reference) {
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf(':') + 1);
  }
}
