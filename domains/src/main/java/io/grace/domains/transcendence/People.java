package io.grace.domains.transcendence;

import io.grace.core.entry.Entry;
import io.grace.core.event.Event;
import io.grace.core.model.Action;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Plan;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.projection.Archive;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import io.grace.runtime.journal.projection.Archive.IncidentRow;
import io.grace.runtime.journal.projection.Archive.RunFilter;
import io.grace.runtime.journal.projection.Archive.RunRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What people did again and again against the same diagnosis: playbooks that they asked for though
/// those do not treat it, and what they noted to have done by hand, where the service then was well
/// again. All of it is read from the journal. *Thread-safe.*
final class People {
  /// The newest that are looked through, of runs and of notes each.
  private static final int MOST = 500;

  private final Archive archive;
  private final Policy policy;
  private final InstructionReader reader;
  private final int after;

  /// @param after so many incidents make it a habit
  People(Archive archive, Policy policy, InstructionReader reader, int after) {
    this.archive = archive;
    this.policy = policy;
    this.reader = reader;
    this.after = after;
  }

  /// The same steps against the same diagnosis.
  private record Habit(DiagnosisKind diagnosis, List<Instruction> steps) {}

  List<Gap> gaps(Instant since) throws JournalException {
    var found = new LinkedHashMap<Habit, Map<String, ServiceId>>();
    var failures = new HashMap<Habit, Integer>();
    asked(since, found, failures);
    noted(since, found);
    var gaps = new ArrayList<Gap>();
    found.forEach((habit, incidents) -> {
      int times = incidents.size();
      int inVain = failures.getOrDefault(habit, 0);
      if (times >= after) {
        var names = new TreeSet<>(incidents.keySet());
        gaps.add(
            new Gap(
                habit.diagnosis(),
                incidents.values().iterator().next(),
                told(times, inVain),
                List.copyOf(names),
                (times + 1.0) / (times + inVain + 2.0),
                habit.steps()));
      }
    });
    return gaps;
  }

  private static String told(int times, int inVain) {
    return "people did this in "
        + times
        + " incidents, and the service was well afterwards"
        + (inVain == 0 ? "" : "; runs of it in vain: " + inVain);
  }

  // ---- playbooks that were asked for

  private void asked(
      Instant since, Map<Habit, Map<String, ServiceId>> found, Map<Habit, Integer> failures)
      throws JournalException {
    var byIncident = new LinkedHashMap<String, List<RunRow>>();
    List<RunRow> runs =
        archive.runs(
            RunFilter.ACTED, Optional.empty(), Optional.empty(), since, Optional.empty(), MOST);
    for (RunRow run : runs.reversed()) {
      boolean isOfPeople = isOfPeople(run.proposal().requestedBy());
      if (isOfPeople && run.phase().equals("succeeded")) {
        byIncident
            .computeIfAbsent(run.proposal().incident().value(), _ -> new ArrayList<>())
            .add(run);
      } else if (isOfPeople) {
        DiagnosisKind diagnosis = run.proposal().diagnosis().kind();
        steps(List.of(run))
            .ifPresent(steps -> failures.merge(new Habit(diagnosis, steps), 1, Integer::sum));
      }
    }
    for (var of : byIncident.entrySet()) {
      DiagnosisKind diagnosis = of.getValue().getFirst().proposal().diagnosis().kind();
      Optional<IncidentRow> incident = archive.incident(of.getKey());
      boolean wasHealed =
          incident.flatMap(IncidentRow::recovery).filter("by_run"::equals).isPresent();
      boolean isNew = of.getValue().stream().noneMatch(run -> treats(run, diagnosis));
      if (wasHealed && isNew) {
        steps(of.getValue())
            .ifPresent(steps -> note(found, diagnosis, steps, of.getKey(), service(incident)));
      }
    }
  }

  /// Not what GRACE or one of its domains asked for by itself.
  private static boolean isOfPeople(String actor) {
    return !actor.equals(Event.GRACE) && !actor.startsWith(Event.GRACE + ".");
  }

  private boolean treats(RunRow run, DiagnosisKind diagnosis) {
    return policy.playbooks().stream()
        .filter(playbook -> playbook.id().equals(run.proposal().plan().playbook()))
        .map(Playbook::treats)
        .anyMatch(treats -> treats.contains(diagnosis));
  }

  /// All that the runs did, one after the other; empty if that was not always the same, as where it
  /// was chosen on the way.
  private static Optional<List<Instruction>> steps(List<RunRow> runs) {
    var steps = new ArrayList<Instruction>();
    for (RunRow run : runs) {
      Plan plan = run.proposal().plan();
      for (Plan.Step step : plan.steps()) {
        if (step.act().isEmpty() || step.slot().isPresent()) {
          return Optional.empty();
        }
        steps.add(new Instruction.Act(call(step.act().get().action(), plan.service())));
      }
    }
    return Optional.of(steps);
  }

  private static Call call(Action action, ServiceId service) {
    var arguments = new HashMap<String, Source>();
    action.arguments().forEach((name, value) -> arguments.put(name, new Source.Literal(value)));
    return new Call(
        action.name(),
        Optional.of(action.target()).filter(target -> !target.equals(service)),
        arguments);
  }

  // ---- notes

  private void noted(Instant since, Map<Habit, Map<String, ServiceId>> found)
      throws JournalException {
    var search =
        new EntrySearch(
            Long.MAX_VALUE,
            MOST,
            Optional.of("incident.noted"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    for (Entry entry : archive.search(search)) {
      if (entry.at().isAfter(since)
          && isOfPeople(entry.actor())
          && EventCodec.event(entry) instanceof Event.IncidentNoted noted) {
        archive
            .incident(noted.incident().value())
            .filter(People::isHealedByPeople)
            .ifPresent(incident -> noted(incident, noted.note(), found));
      }
    }
  }

  private static boolean isHealedByPeople(IncidentRow incident) {
    return incident.resolved().isPresent()
        && incident.recovery().filter(r -> !r.equals("by_run")).isPresent();
  }

  private void noted(IncidentRow incident, String note, Map<Habit, Map<String, ServiceId>> found) {
    var service = new ServiceId(incident.service());
    List<Instruction> steps = reader.read(note, service);
    if (incident.diagnosis().isPresent() && !steps.isEmpty()) {
      note(found, new DiagnosisKind(incident.diagnosis().get()), steps, incident.id(), service);
    }
  }

  private static ServiceId service(Optional<IncidentRow> incident) {
    return new ServiceId(incident.orElseThrow().service());
  }

  private static void note(
      Map<Habit, Map<String, ServiceId>> found,
      DiagnosisKind diagnosis,
      List<Instruction> steps,
      String incident,
      ServiceId service) {
    found
        .computeIfAbsent(new Habit(diagnosis, List.copyOf(steps)), _ -> new LinkedHashMap<>())
        .put(incident, service);
  }
}
