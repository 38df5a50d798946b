package io.grace.app.console;

import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.console.Sentences.Line;
import io.grace.app.web.DecisionsApi;
import io.grace.app.web.DecisionsApi.AnswerBody;
import io.grace.app.web.DecisionsApi.ApproveBody;
import io.grace.app.web.Inputs;
import io.grace.app.web.LearningApi;
import io.grace.app.web.Refusal;
import io.grace.app.web.RunViews.RunView;
import io.grace.app.web.RunsApi;
import io.grace.app.web.SystemApi.ReasonBody;
import io.grace.core.model.RunId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What is to run, what ran, and what people decide about it.
@Controller
public final class RunPages {
  private final Pages pages;
  private final RunsApi runs;
  private final DecisionsApi decisions;
  private final LearningApi learning;
  private final Stories stories;
  private final InstantSource clock;

  RunPages(
      Pages pages,
      RunsApi runs,
      DecisionsApi decisions,
      LearningApi learning,
      Stories stories,
      InstantSource clock) {
    this.pages = pages;
    this.runs = runs;
    this.decisions = decisions;
    this.learning = learning;
    this.stories = stories;
    this.clock = clock;
  }

  @GetMapping("/approvals")
  public ResponseEntity<String> waiting(HttpServletRequest request) {
    return pages.page(
        request,
        "approvals",
        "Approvals",
        "approvals",
        Map.of("runs", runs.approvals().items(), "now", clock.instant()));
  }

  @GetMapping("/approvals/quality")
  public ResponseEntity<String> quality(HttpServletRequest request) throws StoreUnavailable {
    var all = stories.decisions();
    var took =
        all.stream()
            .filter(d -> d.decided().equals("approved"))
            .mapToLong(Stories.Decision::tookMs)
            .sorted()
            .toArray();
    return pages.page(
        request,
        "quality",
        "Quality of approvals",
        "approvals",
        Map.of(
            "decisions",
            all,
            "approved",
            took.length,
            "medianMs",
            took.length == 0 ? 0L : took[took.length / 2],
            "stamped",
            all.stream().filter(Stories.Decision::isRubberStamp).count(),
            "overturned",
            all.stream().filter(Stories.Decision::isOverturned).count()));
  }

  @GetMapping("/runs/{id}")
  public ResponseEntity<String> run(@PathVariable String id, HttpServletRequest request)
      throws StoreUnavailable {
    RunView run = runs.run(id);
    List<Line> story = stories.run(new RunId(id));
    var model = new HashMap<String, Object>();
    model.put("run", run);
    model.put("story", story);
    model.put(
        "gate",
        story.reversed().stream()
            .filter(l -> !l.receipts().isEmpty())
            .findFirst()
            .map(Line::receipts)
            .orElse(List.of()));
    model.put("gantt", Gantt.of(run.plan(), story, stories.sentences(), clock.instant()));
    model.put("history", learning.learning(null, null, run.playbook()).items());
    model.put(
        "waits",
        runs.approvals().items().stream().anyMatch(waiting -> waiting.id().equals(run.id())));
    model.put("now", clock.instant());
    return pages.page(request, "run", run.id() + " " + run.playbook(), "approvals", model);
  }

  @PostMapping("/runs/{id}/approve")
  public ResponseEntity<String> approve(
      @PathVariable String id,
      @RequestParam String hash,
      @RequestParam @Nullable String scope,
      @RequestParam String reason,
      Principal person)
      throws StoreUnavailable {
    decisions.approve(id, new ApproveBody(hash, scope, reason), person);
    return back(id);
  }

  @PostMapping("/runs/{id}/reject")
  public ResponseEntity<String> reject(
      @PathVariable String id, @RequestParam String reason, Principal person)
      throws StoreUnavailable {
    decisions.reject(id, new ReasonBody(reason), person);
    return back(id);
  }

  @PostMapping("/runs/{id}/cancel")
  public ResponseEntity<String> cancel(
      @PathVariable String id, @RequestParam String reason, Principal person)
      throws StoreUnavailable {
    decisions.cancel(id, new ReasonBody(reason), person);
    return back(id);
  }

  /// Either whether the run helped, or an answer to what a step asks.
  @PostMapping("/runs/{id}/answer")
  public ResponseEntity<String> answer(
      @PathVariable String id,
      @RequestParam @Nullable String finding,
      @RequestParam @Nullable String answer,
      @RequestParam @Nullable String step,
      @RequestParam String reason,
      Principal person)
      throws StoreUnavailable {
    Object typed = answer == null ? null : typed(runs.run(id), step, answer.strip());
    decisions.answer(id, new AnswerBody(finding, typed, step, reason), person);
    return back(id);
  }

  /// A form knows texts only: what the step wants says what is meant.
  private static Object typed(RunView run, @Nullable String step, String answer) {
    String wanted =
        run.questions().stream()
            .filter(q -> step == null || q.step().equals(step))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("no step of " + run.id() + " asks this"))
            .wanted();
    if (wanted.contains("true")) {
      return Boolean.valueOf(answer);
    }
    try {
      if (wanted.contains("whole number")) {
        return Long.valueOf(answer);
      }
      if (wanted.contains("number")) {
        return Double.valueOf(answer);
      }
    } catch (NumberFormatException _) {
      throw Refusal.invalid("the answer must be " + wanted);
    }
    return answer;
  }

  private static ResponseEntity<String> back(String id) {
    return SignIn.see("/runs/" + Inputs.run(id));
  }
}
