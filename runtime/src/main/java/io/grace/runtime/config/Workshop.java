package io.grace.runtime.config;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.policy.TriageRule;
import io.grace.runtime.config.PlaybookTests.Case;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Proves and tests playbooks that are not loaded, against everything that is. Nothing becomes part
/// of the configuration by it. *Thread-safe.*
public final class Workshop {
  private final Config config;
  private final Plannable plannable;

  public Workshop(Config config) {
    this.config = config;
    this.plannable = new Plannable(config);
  }

  /// What came of it.
  public sealed interface Trial {
    /// It could be loaded as it is.
    ///
    /// @param tests what came of each
    record Proved(Playbook playbook, Proof proof, List<Case> tests) implements Trial {
      public Proved {
        tests = List.copyOf(tests);
      }

      public boolean passed() {
        return !tests.isEmpty() && tests.stream().allMatch(Case::passed);
      }
    }

    /// @param problems at least one
    record Refused(List<Problem> problems) implements Trial {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  public ProvidersConfig providers() {
    return config.providers();
  }

  /// Whether a loaded playbook treats it and can be planned for the service.
  public boolean isTreated(DiagnosisKind diagnosis, ServiceId service) {
    Policy policy = config.policy();
    return policy.playbooks().stream()
        .filter(playbook -> playbook.treats().contains(diagnosis))
        .anyMatch(playbook ->
            policy
                .service(service)
                .map(declared -> plannable.notBecause(playbook, declared).isEmpty())
                .orElse(false));
  }

  /// @param playbook the text of its file
  /// @param tests the text of its tests
  public Trial attempt(String playbook, String tests) {
    YamlFile file = YamlReader.parse("playbook", playbook);
    Policy policy = config.policy();
    var metrics = new HashSet<>(policy.metrics().keySet());
    policy.triage().stream().map(TriageRule::metric).forEach(metrics::add);
    var known = new Known(policy.services().keySet(), metrics);
    SchemaCheck.PLAYBOOK.check(file);
    var read =
        new PlaybookReader(
                known, id -> policy.playbooks().stream().filter(p -> p.id().equals(id)).findFirst())
            .read(file.cursor());
    read.ifPresent(p ->
        PlaybookChecks.objections(p, policy.catalogue())
            .forEach(it -> file.problems().sense(it.pointer(), it.message())));
    if (read.isEmpty() || !file.problems().found().isEmpty()) {
      return new Trial.Refused(file.problems().found());
    }
    var report = PlaybookTests.run(with(read.get()), YamlReader.parse("tests", tests));
    return report.problems().isEmpty()
        ? new Trial.Proved(read.get(), Proof.of(read.get()), report.cases())
        : new Trial.Refused(report.problems());
  }

  private Policy with(Playbook playbook) {
    Policy p = config.policy();
    var playbooks = new ArrayList<>(p.playbooks());
    playbooks.removeIf(other -> other.id().equals(playbook.id()));
    playbooks.add(playbook);
    return p.with(playbooks);
  }
}
