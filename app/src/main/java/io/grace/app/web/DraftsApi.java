package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.guard.Problem;
import io.grace.domains.transcendence.Draft;
import io.grace.domains.transcendence.TranscendenceDomain;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Playbooks that GRACE wrote and did not load. People take one by making its text a file of their
/// configuration, or reject it.
@RestController
public final class DraftsApi {
  private final Backend backend;

  DraftsApi(Backend backend) {
    this.backend = backend;
  }

  /// @param state `waiting`, `unsound` or `rejected`
  public record DraftRow(
      String id, String diagnosis, String service, String title, String state, Instant at) {}

  public record DraftList(List<DraftRow> items) {}

  /// @param told what it was made of
  /// @param from passages as `source/path`, or incidents
  /// @param playbook the text of its file
  /// @param tests the text of the file of its tests
  /// @param problems why it is not sound
  public record DraftView(
      String id,
      String diagnosis,
      String service,
      String title,
      String state,
      Instant at,
      String told,
      List<String> from,
      String playbook,
      String tests,
      List<String> proof,
      List<String> passed,
      List<String> problems,
      Optional<RejectionView> rejection) {
    static DraftView of(Draft d) {
      return new DraftView(
          d.id(),
          d.diagnosis(),
          d.service(),
          d.title(),
          Words.of(d.state()),
          d.at(),
          d.told(),
          d.from(),
          d.playbook(),
          d.tests(),
          d.proof(),
          d.passed(),
          d.problems(),
          d.rejection().map(r -> new RejectionView(r.by(), r.reason(), r.at())));
    }
  }

  public record RejectionView(String by, String reason, Instant at) {}

  public record RejectBody(@Nullable String reason) {}

  /// Whether the team wants playbooks to be drafted.
  public boolean isWanted() {
    return backend.domain(TranscendenceDomain.class).isPresent();
  }

  @GetMapping("/api/drafts")
  public DraftList drafts() {
    var all = asked(TranscendenceDomain::drafts);
    return new DraftList(
        all.stream()
            .map(d ->
                new DraftRow(
                    d.id(), d.diagnosis(), d.service(), d.title(), Words.of(d.state()), d.at()))
            .toList());
  }

  @GetMapping("/api/drafts/{id}")
  public DraftView draft(@PathVariable String id) {
    String wanted = Inputs.playbook(id).value();
    return asked(domain -> domain.draft(wanted))
        .map(DraftView::of)
        .orElseThrow(() -> Refusal.notFound("no draft " + wanted));
  }

  @PostMapping("/api/drafts/{id}/reject")
  public DraftView reject(@PathVariable String id, @RequestBody RejectBody body, Principal person)
      throws InterruptedException {
    DraftView draft = draft(id);
    String reason = Inputs.reason(body.reason());
    TranscendenceDomain domain = domain();
    try {
      return domain
          .reject(draft.id(), person.getName(), reason)
          .map(DraftView::of)
          .orElseThrow(() ->
              new Refusal(
                  new Problem(
                      409,
                      "conflict",
                      "Not now",
                      "draft " + draft.id() + " does not wait: " + draft.state())));
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private interface Question<T> {
    T ask(TranscendenceDomain domain) throws IOException;
  }

  private <T> T asked(Question<T> question) {
    try {
      return question.ask(domain());
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private TranscendenceDomain domain() {
    return backend
        .domain(TranscendenceDomain.class)
        .orElseThrow(
            () -> Refusal.notFound("playbooks are drafted only where domains has transcendence"));
  }

  private static Refusal unavailable(IOException e) {
    return new Refusal(
        Problem.unavailable("drafts-unavailable", "drafts cannot be had: " + e.getMessage()));
  }
}
