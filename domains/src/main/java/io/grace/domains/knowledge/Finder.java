package io.grace.domains.knowledge;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.runtime.search.Hit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds passages, weighed by trust in their sources. *Thread-safe.*
///
/// `score = hit · (0.75 + 0.25 trust)`, and a quarter more for a passage that names the service. A
/// source that nobody trusts can thus lose to one that fits almost as well, and never hide.
final class Finder {
  private static final int CANDIDATES = 30;
  private static final double TRUST_SHARE = 0.25;
  private static final double NAMES_SERVICE = 1.25;

  private final Library library;
  private final Shelf shelf;
  private final Trust trust;
  private final Policy policy;
  private final Meter asked = new Meter();

  Finder(Library library, Shelf shelf, Trust trust, Policy policy) {
    this.library = library;
    this.shelf = shelf;
    this.trust = trust;
    this.policy = policy;
  }

  /// Searches per minute.
  double rate(Instant now) {
    return asked.perMinute(now);
  }

  /// For what is wrong with a service: by the words of the diagnosis, of what measures it, and of
  /// the playbooks that treat it.
  List<Found> forTrouble(DiagnosisKind diagnosis, ServiceId service, int k, Instant now)
      throws IOException {
    String treatments =
        policy.playbooks().stream()
            .filter(playbook -> playbook.treats().contains(diagnosis))
            .map(Playbook::title)
            .collect(Collectors.joining(" "));
    String text = spoken(diagnosis.value()) + " " + spoken(service.value()) + " " + treatments;
    List<Found> found = search(text, Set.of(service.value()), k, now);
    trust.usage().shown(service, found.stream().map(Found::source).collect(Collectors.toSet()));
    return found;
  }

  private static String spoken(String name) {
    return name.replace('_', ' ').replace('-', ' ').replace('.', ' ');
  }

  List<Found> search(String text, Set<String> services, int k, Instant now) throws IOException {
    asked.mark(now, 1);
    var found = new ArrayList<Found>();
    for (Hit hit : shelf.search(text, Math.max(k, CANDIDATES))) {
      String id = hit.document().id();
      String item = id.substring(0, id.lastIndexOf('#'));
      int at = item.indexOf('/');
      // Read anew, or removed, since it was found.
      library
          .find(item.substring(0, at), item.substring(at + 1))
          .ifPresent(known -> found.add(found(hit, known, services, now)));
    }
    found.sort(Comparator.comparingDouble(Found::score).reversed());
    return List.copyOf(found.subList(0, Math.min(k, found.size())));
  }

  private Found found(Hit hit, Item item, Set<String> services, Instant now) {
    double trusted = trust.of(item.source(), now);
    boolean names =
        hit.document().labels().getOrDefault(Shelf.SERVICE, Set.of()).stream()
            .anyMatch(services::contains);
    double score =
        hit.score() * (1 - TRUST_SHARE + TRUST_SHARE * trusted) * (names ? NAMES_SERVICE : 1);
    String why =
        String.format(
            Locale.ROOT,
            "%s; trust in %s is %.2f%s",
            hit.why().told(),
            item.source(),
            trusted,
            names ? "; names the service" : "");
    return new Found(
        hit.document().title(),
        hit.document().text(),
        item.source(),
        item.path(),
        item.revision(),
        Math.min(1, score / NAMES_SERVICE),
        trusted,
        why,
        library.holders(hit.document().id()));
  }
}
