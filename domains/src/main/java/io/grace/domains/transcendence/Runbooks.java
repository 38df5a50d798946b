package io.grace.domains.transcendence;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.policy.TriageRule;
import io.grace.domains.knowledge.Found;
import io.grace.domains.knowledge.Knowledge;
import io.grace.runtime.config.Workshop;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.projection.Archive;
import io.grace.runtime.journal.projection.Archive.IncidentRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What runbooks say about diagnoses that services had and no playbook treats there. *Thread-safe.*
final class Runbooks {
  /// The newest incidents that are looked through.
  private static final int INCIDENTS = 500;

  /// Passages that are read for one diagnosis.
  private static final int PASSAGES = 10;

  /// Nobody knows how often what is written helps.
  private static final double CHANCE = 0.5;

  private final Archive archive;
  private final Policy policy;
  private final Workshop workshop;
  private final InstructionReader reader;

  Runbooks(Archive archive, Policy policy, Workshop workshop, InstructionReader reader) {
    this.archive = archive;
    this.policy = policy;
    this.workshop = workshop;
    this.reader = reader;
  }

  List<Gap> gaps(Knowledge knowledge, Instant since) throws JournalException, IOException {
    var wanted = new LinkedHashMap<DiagnosisKind, ServiceId>();
    for (IncidentRow incident : archive.incidents(Optional.empty(), Optional.empty(), INCIDENTS)) {
      if (incident.opened().isAfter(since) && incident.diagnosis().isPresent()) {
        wanted.putIfAbsent(
            new DiagnosisKind(incident.diagnosis().get()), new ServiceId(incident.service()));
      }
    }
    wanted.entrySet().removeIf(of -> workshop.isTreated(of.getKey(), of.getValue()));
    var gaps = new ArrayList<Gap>();
    for (Map.Entry<DiagnosisKind, ServiceId> of : wanted.entrySet()) {
      gap(knowledge, of.getKey(), of.getValue()).ifPresent(gaps::add);
    }
    return gaps;
  }

  private Optional<Gap> gap(Knowledge knowledge, DiagnosisKind diagnosis, ServiceId service)
      throws IOException {
    String asked = spoken(diagnosis.value()) + " " + spoken(service.value());
    for (Found found : knowledge.search(asked, PASSAGES)) {
      String text = knowledge.section(found);
      List<Instruction> steps =
          isAbout(found.heading() + "\n" + text, diagnosis)
              ? reader.read(text, service)
              : List.of();
      if (!steps.isEmpty()) {
        return Optional.of(
            new Gap(
                diagnosis,
                service,
                "it stands in " + found.path() + " of " + found.source() + ": " + found.heading(),
                List.of(found.source() + "/" + found.path()),
                CHANCE,
                steps));
      }
    }
    return Optional.empty();
  }

  /// It names the diagnosis, or what it is measured by.
  private boolean isAbout(String text, DiagnosisKind diagnosis) {
    String all = text.toLowerCase(Locale.ROOT);
    return all.contains(spoken(diagnosis.value()))
        || all.contains(diagnosis.value().toLowerCase(Locale.ROOT))
        || policy.triage().stream()
            .filter(rule -> rule.diagnosis().equals(diagnosis))
            .map(TriageRule::metric)
            .anyMatch(metric -> all.contains(metric.value().toLowerCase(Locale.ROOT)));
  }

  private static String spoken(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ').replace('.', ' ');
  }
}
