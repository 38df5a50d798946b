package io.grace.app.console;

import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.web.Inputs;
import io.grace.app.web.JudgementApi;
import io.grace.app.web.LearningApi;
import io.grace.app.web.LearningApi.LearnedView;
import io.grace.app.web.PlaybookViews.PlaybookView;
import io.grace.app.web.PlaybooksApi;
import io.grace.app.web.Refusal;
import io.grace.app.web.ShadowApi;
import io.grace.app.web.TestsApi;
import io.grace.core.model.Playbook;
import io.grace.runtime.config.Explanation;
import io.grace.runtime.rehearsal.Drawing;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What GRACE can do, what is proved of it, and what became of it.
@Controller
public final class PlaybookPages {
  private final Pages pages;
  private final PlaybooksApi playbooks;
  private final TestsApi tests;
  private final LearningApi learning;
  private final ShadowApi shadow;
  private final JudgementApi judgement;

  PlaybookPages(
      Pages pages,
      PlaybooksApi playbooks,
      TestsApi tests,
      LearningApi learning,
      ShadowApi shadow,
      JudgementApi judgement) {
    this.pages = pages;
    this.playbooks = playbooks;
    this.tests = tests;
    this.learning = learning;
    this.shadow = shadow;
    this.judgement = judgement;
  }

  /// How often something helped, with the interval of Wilson (*Probable inference, the law of
  /// succession, and statistical inference*, JASA 22, 1927) at 95 %.
  public record Rate(LearnedView of, int runs, double rate, double low, double high) {
    static Rate of(LearnedView l) {
      int n = l.succeeded() + l.failed();
      if (n == 0) {
        return new Rate(l, 0, 0, 0, 1);
      }
      double z = 1.96;
      double p = (double) l.succeeded() / n;
      double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
      double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
      return new Rate(l, n, p, Math.max(0, centre - half), Math.min(1, centre + half));
    }
  }

  @GetMapping("/playbooks")
  public ResponseEntity<String> all(HttpServletRequest request) throws InterruptedException {
    var proofs = new HashMap<String, Explanation.Playbook>();
    pages.backend().explanation().playbooks().forEach(p -> proofs.put(p.id(), p));
    return pages.page(
        request,
        "playbooks",
        "Playbooks",
        "playbooks",
        Map.of(
            "playbooks",
            playbooks.playbooks().items(),
            "proofs",
            proofs,
            "tests",
            tests.look(),
            "rates",
            learning.learning(null, null, null).items().stream().map(Rate::of).toList()));
  }

  @GetMapping("/playbooks/{id}")
  public ResponseEntity<String> playbook(@PathVariable String id, HttpServletRequest request)
      throws InterruptedException {
    var wanted = Inputs.playbook(id);
    Playbook playbook =
        pages.backend().policy().playbooks().stream()
            .filter(p -> p.id().equals(wanted))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("no playbook " + id));
    PlaybookView view = PlaybookView.of(playbook);
    List<String> proof =
        pages.backend().explanation().playbooks().stream()
            .filter(p -> p.id().equals(id))
            .findFirst()
            .map(p ->
                p.never().map(why -> List.of("never planned: " + why)).orElse(p.proof().lines()))
            .orElse(List.of());
    return pages.page(
        request,
        "playbook",
        view.title(),
        "playbooks",
        Map.of(
            "playbook",
            view,
            "proof",
            proof,
            "tests",
            tests.look().of(id),
            "tree",
            String.join("\n", Drawing.tree(playbook)),
            "rates",
            learning.learning(null, null, id).items().stream().map(Rate::of).toList()));
  }

  @GetMapping("/learning")
  public ResponseEntity<String> learning(
      @RequestParam @Nullable String bucket, HttpServletRequest request) {
    String wanted = Inputs.word("bucket", bucket, "all", "24h", "7d");
    return pages.page(
        request,
        "learning",
        "Learning",
        "learning",
        Map.of(
            "bucket",
            wanted,
            "rates",
            learning.learning(wanted, null, null).items().stream().map(Rate::of).toList(),
            "counters",
            pages.backend().snapshot().counters(),
            "worth",
            judgement.worth(),
            "patterns",
            judgement.patterns().items()));
  }

  @PostMapping("/playbooks/{id}/tests")
  public ResponseEntity<String> playAgain(@PathVariable String id) throws InterruptedException {
    var playbook = Inputs.playbook(id);
    tests.playAgain();
    return SignIn.see("/playbooks/" + playbook.value() + "#tests");
  }

  /// A journal that cannot be read is said on the page itself: the other tabs still have something.
  @GetMapping("/learning/shadow")
  public ResponseEntity<String> shadow(HttpServletRequest request) throws InterruptedException {
    return pages.page(
        request, "shadow", "Learning", "learning", Map.of("shadow", readable(shadow::look)));
  }

  private interface Reading<T> {
    T read() throws StoreUnavailable, InterruptedException;
  }

  private static <T> Optional<T> readable(Reading<T> reading) throws InterruptedException {
    try {
      return Optional.of(reading.read());
    } catch (StoreUnavailable _) {
      return Optional.empty();
    }
  }
}
