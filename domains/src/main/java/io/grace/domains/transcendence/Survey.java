package io.grace.domains.transcendence;

import io.grace.core.model.Playbook;
import io.grace.core.policy.Policy;
import io.grace.domains.knowledge.Knowledge;
import io.grace.domains.transcendence.Draft.State;
import io.grace.runtime.config.Workshop;
import io.grace.runtime.config.Workshop.Trial;
import io.grace.runtime.domain.House;
import io.grace.runtime.journal.JournalException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Holds what people know against what is loaded and what was drafted. *Thread-safe.*
final class Survey {
  private final House house;
  private final Policy policy;
  private final Workshop workshop;
  private final Habits habits;
  private final InstructionReader reader;

  /// Of drafts that were proved under an earlier policy, by id; this one does not change.
  private final Map<String, Boolean> passes = new ConcurrentHashMap<>();

  Survey(House house, Habits habits) {
    this.house = house;
    this.policy = house.policy();
    this.workshop = house.workshop();
    this.habits = habits;
    this.reader = new InstructionReader(policy.catalogue(), workshop.providers());
  }

  /// What is to be done about drafts.
  ///
  /// @param missing remedies that are neither loaded nor drafted
  /// @param outdated ids of drafts of which nothing holds any more
  record Found(List<Gap> missing, List<String> outdated) {}

  Found look(Drafts.Shelf shelf, Instant now) throws JournalException, IOException {
    List<Gap> gaps = gaps(now.minus(habits.lookBack()));
    Set<String> known = gaps.stream().map(Gap::id).collect(Collectors.toSet());
    return new Found(
        gaps.stream().filter(gap -> !shelf.whole().containsKey(gap.id())).toList(),
        shelf.whole().values().stream()
            .filter(draft -> draft.state() != State.REJECTED)
            .filter(draft -> !known.contains(draft.id()) || !isAsItWas(draft))
            .map(Draft::id)
            .sorted()
            .toList());
  }

  private List<Gap> gaps(Instant since) throws JournalException, IOException {
    var archive = house.works().archive();
    var gaps = new ArrayList<Gap>(new People(archive, policy, reader, habits.after()).gaps(since));
    Optional<Knowledge> knowledge = house.works().domain(Knowledge.class);
    if (knowledge.isPresent()) {
      gaps.addAll(new Runbooks(archive, policy, workshop, reader).gaps(knowledge.get(), since));
    }
    gaps.removeIf(gap -> isLoaded(gap) || !isMeasured(gap));
    var once = new LinkedHashMap<String, Gap>();
    gaps.forEach(gap -> once.putIfAbsent(gap.id(), gap));
    return List.copyOf(once.values());
  }

  private boolean isLoaded(Gap gap) {
    var calls =
        gap.steps().stream()
            .filter(Instruction.Act.class::isInstance)
            .map(step -> ((Instruction.Act) step).call())
            .toList();
    return policy.playbooks().stream()
        .filter(playbook -> playbook.treats().contains(gap.diagnosis()))
        .anyMatch(playbook ->
            playbook.id().value().equals(gap.id())
                || playbook.acts().stream().map(Playbook.Node.Step::call).toList().equals(calls));
  }

  /// Without a rule that names the diagnosis nobody could tell that it is over.
  private boolean isMeasured(Gap gap) {
    return policy.triage().stream().anyMatch(rule -> rule.diagnosis().equals(gap.diagnosis()));
  }

  /// Whether under the policy of now the same would come of it.
  private boolean isAsItWas(Draft draft) {
    return draft.policy().equals(policy.hash().value())
        || passes.computeIfAbsent(draft.id(), _ -> passes(draft)) == draft.problems().isEmpty();
  }

  private boolean passes(Draft draft) {
    return workshop.attempt(draft.playbook(), draft.tests()) instanceof Trial.Proved proved
        && proved.passed();
  }
}
