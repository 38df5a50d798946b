package io.grace.app.console;

import io.grace.app.web.DraftsApi;
import io.grace.app.web.DraftsApi.DraftRow;
import io.grace.app.web.DraftsApi.DraftView;
import io.grace.app.web.DraftsApi.RejectBody;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Playbooks that GRACE wrote, for people to take or to leave.
@Controller
public final class DraftPages {
  private final Pages pages;
  private final DraftsApi drafts;

  DraftPages(Pages pages, DraftsApi drafts) {
    this.pages = pages;
    this.drafts = drafts;
  }

  @GetMapping("/drafts")
  public ResponseEntity<String> all(HttpServletRequest request) {
    boolean isWanted = drafts.isWanted();
    List<DraftRow> items = isWanted ? drafts.drafts().items() : List.of();
    return pages.page(
        request, "drafts", "Drafts", "drafts", Map.of("isWanted", isWanted, "drafts", items));
  }

  @GetMapping("/drafts/{id}")
  public ResponseEntity<String> draft(@PathVariable String id, HttpServletRequest request) {
    DraftView draft = drafts.draft(id);
    return pages.page(request, "draft", draft.title(), "drafts", Map.of("draft", draft));
  }

  @PostMapping("/drafts/{id}/reject")
  public ResponseEntity<String> reject(
      @PathVariable String id, @RequestParam String reason, Principal person)
      throws InterruptedException {
    DraftView draft = drafts.reject(id, new RejectBody(reason), person);
    return SignIn.see("/drafts/" + draft.id());
  }
}
