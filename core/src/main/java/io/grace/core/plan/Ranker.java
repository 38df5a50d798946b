package io.grace.core.plan;

import io.grace.core.model.Candidate.Between;
import io.grace.core.model.Circumstances;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Chooses among playbooks that the gate allows. A pure function: the same question has the same
/// answer, so a journal that is decided again comes to the same.
public interface Ranker {
  /// Which of these is likeliest to help.
  ///
  /// @param contenders at least one, by their expected chance, the best first
  /// @param snapshot for what was learned so far
  /// @param seed of what chance there is in the answer
  record Question(
      Diagnosis diagnosis,
      Circumstances circumstances,
      List<Contender> contenders,
      Snapshot snapshot,
      Instant now,
      long seed) {
    public Question {
      contenders = List.copyOf(contenders);
    }
  }

  /// @param expected its chance of success by what was counted of it alone
  /// @param blastRadius how many services depend on its targets
  record Contender(Playbook playbook, double expected, String reason, int blastRadius) {}

  /// @param propensity the probability with which it comes first; those of an answer sum to 1
  record Ranked(
      PlaybookId playbook,
      double score,
      Optional<Between> between,
      double propensity,
      String reason) {}

  /// All contenders; the first is chosen.
  List<Ranked> rank(Question question);

  /// The one that is expected to help most, by what was counted of it alone.
  Ranker AS_EXPECTED =
      question -> {
        var best =
            question.contenders().stream()
                .sorted(
                    Comparator.comparingDouble(Contender::expected)
                        .reversed()
                        .thenComparing(c -> c.playbook().id()))
                .toList();
        return best.stream()
            .map(c ->
                new Ranked(
                    c.playbook().id(),
                    c.expected(),
                    Optional.empty(),
                    c.equals(best.getFirst()) ? 1 : 0,
                    c.reason()))
            .toList();
      };
}
