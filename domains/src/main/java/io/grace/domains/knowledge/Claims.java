package io.grace.domains.knowledge;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.domains.knowledge.Edge.Kind;
import io.grace.domains.knowledge.Edge.Node;
import io.grace.domains.knowledge.Edge.Relation;
import io.grace.domains.knowledge.reading.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a document says of services, playbooks, incidents, people and causes, by plain rules: a
/// name counts only if it is that of a service, playbook or diagnosis of this GRACE, or stands in a
/// service catalogue. *Immutable.*
final class Claims {
  private static final int MAX_CLAIMS = 200;

  /// Titles of what is written after an incident begin so, or with the day.
  private static final Pattern AFTERWARDS =
      Pattern.compile(
          "(?i).*\\b(post-?mortem|incident (report|review))\\b.*|\\d{4}-\\d{2}-\\d{2}\\b.*");

  private static final Pattern CAUSE =
      Pattern.compile("(?im)^[^\\w\\n]{0,10}(?:root )?causes?\\s*:\\s*([^.\\n]{3,180})");
  private static final Pattern CAUSE_HEADING = Pattern.compile("(?i)(root )?causes?");
  private static final Pattern SENTENCE = Pattern.compile("^([^.\\n]{3,180})");

  private final Set<String> services;
  private final Map<String, Set<String>> treats;
  private final Set<String> diagnoses;

  Claims(Policy policy) {
    this.services =
        policy.services().keySet().stream()
            .map(ServiceId::value)
            .collect(Collectors.toCollection(TreeSet::new));
    this.treats = new TreeMap<>();
    for (Playbook playbook : policy.playbooks()) {
      treats.put(
          playbook.id().value(),
          playbook.treats().stream()
              .map(DiagnosisKind::value)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    this.diagnoses =
        policy.triage().stream()
            .map(rule -> rule.diagnosis().value())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /// What the policy itself says.
  List<Edge> ofPolicy() {
    var edges = new LinkedHashSet<Edge>();
    treats.forEach((playbook, kinds) ->
        kinds.forEach(
            kind -> edges.add(edge(Kind.PLAYBOOK, playbook, Relation.TREATS, Kind.CAUSE, kind))));
    return List.copyOf(edges);
  }

  /// The services of this GRACE that a text names.
  Set<String> services(String text) {
    return named(services, text);
  }

  /// @param path stands for an incident that has no title
  List<Edge> of(String path, Text text) {
    String all =
        text.title()
            + "\n"
            + text.sections().stream()
                .map(section -> String.join(" ", section.path()) + "\n" + section.text())
                .collect(Collectors.joining("\n"));
    var edges = new LinkedHashSet<Edge>();
    text.entities().forEach(entity -> ofEntity(entity, edges));
    if (text.entities().isEmpty()) {
      boolean isAfterwards =
          AFTERWARDS.matcher(text.title()).matches()
              || path.toLowerCase(Locale.ROOT).matches(".*post-?mortems?/.*");
      if (isAfterwards) {
        ofIncident(text.title().isBlank() ? path : text.title(), text, all, edges);
      } else {
        ofRunbook(text, all, edges);
      }
    }
    return edges.stream().limit(MAX_CLAIMS).toList();
  }

  private static void ofEntity(Text.Entity entity, Set<Edge> edges) {
    if (entity.kind().equals("User") || entity.kind().equals("Group")) {
      return;
    }
    entity
        .owner()
        .ifPresent(owner ->
            edges.add(edge(Kind.SERVICE, entity.name(), Relation.OWNED_BY, Kind.PERSON, owner)));
    entity.dependsOn().stream()
        .filter(on -> !on.isBlank())
        .forEach(on ->
            edges.add(edge(Kind.SERVICE, entity.name(), Relation.DEPENDS_ON, Kind.SERVICE, on)));
  }

  private void ofIncident(String incident, Text text, String all, Set<Edge> edges) {
    for (String service : named(services, all)) {
      edges.add(edge(Kind.INCIDENT, incident, Relation.AFFECTED, Kind.SERVICE, service));
    }
    for (String playbook : named(treats.keySet(), all)) {
      edges.add(edge(Kind.INCIDENT, incident, Relation.HEALED_BY, Kind.PLAYBOOK, playbook));
    }
    for (String diagnosis : named(diagnoses, all)) {
      edges.add(edge(Kind.INCIDENT, incident, Relation.CAUSED_BY, Kind.CAUSE, diagnosis));
    }
    for (Text.Section section : text.sections()) {
      var told = CAUSE.matcher(section.text());
      if (told.find()) {
        edges.add(edge(Kind.INCIDENT, incident, Relation.CAUSED_BY, Kind.CAUSE, told.group(1)));
      }
      var first = SENTENCE.matcher(section.text());
      boolean isCause =
          !section.path().isEmpty() && CAUSE_HEADING.matcher(section.path().getLast()).matches();
      if (isCause && first.find() && !first.group(1).isBlank()) {
        edges.add(edge(Kind.INCIDENT, incident, Relation.CAUSED_BY, Kind.CAUSE, first.group(1)));
      }
    }
    text.owner()
        .ifPresent(owner ->
            edges.add(edge(Kind.INCIDENT, incident, Relation.WRITTEN_BY, Kind.PERSON, owner)));
  }

  private void ofRunbook(Text text, String all, Set<Edge> edges) {
    Set<String> playbooks = named(treats.keySet(), all);
    Set<String> kinds = named(diagnoses, all);
    for (String playbook : playbooks) {
      for (String service : named(services, all)) {
        edges.add(edge(Kind.PLAYBOOK, playbook, Relation.ABOUT, Kind.SERVICE, service));
      }
      for (String kind : kinds) {
        if (treats.getOrDefault(playbook, Set.of()).contains(kind)) {
          edges.add(edge(Kind.PLAYBOOK, playbook, Relation.TREATS, Kind.CAUSE, kind));
        }
      }
    }
    text.owner()
        .ifPresent(owner -> {
          for (String service : named(services, all)) {
            edges.add(edge(Kind.SERVICE, service, Relation.OWNED_BY, Kind.PERSON, owner));
          }
        });
  }

  /// Whole words only; `rebuild index` is `rebuild_index` too.
  private static Set<String> named(Set<String> names, String text) {
    var words = new TreeSet<String>();
    String[] all = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}_.-]+");
    for (int i = 0; i < all.length; i++) {
      String word = all[i].replaceAll("^[.-]+|[.-]+$", "");
      words.add(word);
      if (i + 1 < all.length) {
        words.add(word + "_" + all[i + 1].replaceAll("^[.-]+|[.-]+$", ""));
      }
    }
    var found = new TreeSet<String>();
    for (String name : names) {
      if (words.contains(name.toLowerCase(Locale.ROOT))) {
        found.add(name);
      }
    }
    return found;
  }

  static Edge edge(Kind from, String name, Relation relation, Kind to, String other) {
    return new Edge(new Node(from, name), relation, new Node(to, other));
  }
}
