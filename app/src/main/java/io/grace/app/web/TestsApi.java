package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.web.Aside.Done;
import io.grace.app.web.Aside.Failed;
import io.grace.app.web.Aside.Working;
import io.grace.core.model.PlaybookId;
import io.grace.runtime.config.PlaybookTests;
import io.grace.runtime.config.PlaybookTests.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The tests of playbooks, played on simulated time: milliseconds each, and nothing is touched.
@RestController
public final class TestsApi {
  /// The playbooks do not change while GRACE runs; the tests may, and are read again then.
  private static final Duration FRESH = Duration.ofHours(24);

  /// Of real time for all tests; what is left then is not played.
  private static final Duration MOST_TIME = Duration.ofSeconds(60);

  private static final int MOST_TESTS = 2000;

  private final Backend backend;
  private final InstantSource clock;
  private final Aside<Played> played;

  TestsApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
    this.played = new Aside<>("tests of playbooks", this::play, FRESH, Aside.PATIENCE, clock);
  }

  private record Played(List<Case> cases, List<String> problems) {}

  private Played play() throws IOException {
    var cases = new ArrayList<Case>();
    var problems = new ArrayList<String>();
    Instant end = clock.instant().plus(MOST_TIME);
    for (Path file : PlaybookTests.files(backend.playbookTests())) {
      if (cases.size() >= MOST_TESTS || !clock.instant().isBefore(end)) {
        problems.add("not all tests were played: too many, or they take too long");
        break;
      }
      var report = backend.playTests(file);
      cases.addAll(report.cases());
      report
          .problems()
          .forEach(p -> problems.add(p.toString().replace(file.toString(), name(file.toString()))));
    }
    return new Played(cases, problems);
  }

  /// Without its directory, which is nobody's business.
  private static String name(String file) {
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }

  /// @param file and line where it is written
  /// @param objections what was not as expected; empty if it passed
  /// @param story what happened, a line each
  public record TestView(
      String playbook,
      String name,
      String file,
      int line,
      boolean passed,
      List<String> objections,
      List<String> story,
      long tookMs) {
    static TestView of(Case c) {
      return new TestView(
          c.playbook(),
          c.name(),
          TestsApi.name(c.file()),
          c.line(),
          c.passed(),
          c.objections(),
          c.story(),
          c.took().toMillis());
    }
  }

  /// @param state `none` if no tests are configured, `working` while they are played, `failed` if
  ///   they could not be, else `ready`
  /// @param at when they were played
  /// @param problems what is wrong with the files, or with reading them
  public record TestsView(
      String state, Optional<Instant> at, List<TestView> items, List<String> problems) {
    public TestsView {
      items = List.copyOf(items);
      problems = List.copyOf(problems);
    }

    public long failed() {
      return items.stream().filter(t -> !t.passed()).count();
    }

    /// Those of one playbook.
    public TestsView of(String playbook) {
      return new TestsView(
          state, at, items.stream().filter(t -> t.playbook().equals(playbook)).toList(), problems);
    }
  }

  @GetMapping("/api/playbooks/tests")
  public ResponseEntity<TestsView> tests(@RequestParam @Nullable String playbook)
      throws InterruptedException {
    Optional<PlaybookId> of = Inputs.anyPlaybook(playbook);
    TestsView all = look();
    return ResponseEntity.status(all.state().equals("working") ? 202 : 200)
        .body(of.map(id -> all.of(id.value())).orElse(all));
  }

  /// Reads and plays them anew.
  @PostMapping("/api/playbooks/tests")
  public ResponseEntity<TestsView> playAgain() throws InterruptedException {
    played.renew();
    return tests(null);
  }

  public TestsView look() throws InterruptedException {
    if (backend.playbookTests().isEmpty()) {
      return new TestsView("none", Optional.empty(), List.of(), List.of());
    }
    return switch (played.look()) {
      case Done<Played>(Played p, Instant at) ->
          new TestsView(
              "ready",
              Optional.of(at),
              p.cases().stream().map(TestView::of).toList(),
              p.problems());
      case Working<Played>(Instant _) ->
          new TestsView("working", Optional.empty(), List.of(), List.of());
      case Failed<Played>(String why, Instant at) ->
          new TestsView("failed", Optional.of(at), List.of(), List.of(why));
    };
  }
}
