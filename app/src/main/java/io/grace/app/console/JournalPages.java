package io.grace.app.console;

import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Backend.StoredEntry;
import io.grace.app.console.Sentences.Line;
import io.grace.app.web.Inputs;
import io.grace.app.web.LogApi;
import io.grace.app.web.LogViews.VerdictView;
import io.grace.app.web.Refusal;
import io.grace.core.model.IncidentId;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The journal: to look through, entry by entry, with what led to what.
@Controller
public final class JournalPages {
  private static final int ROWS = 100;
  private static final int LONGEST = 200;
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Pages pages;
  private final LogApi log;
  private final Stories stories;

  JournalPages(Pages pages, LogApi log, Stories stories) {
    this.pages = pages;
    this.log = log;
    this.stories = stories;
  }

  /// What was looked for, as it stands in the form.
  public record Asked(String kind, String actor, String subject, String text) {
    public String query() {
      return "kind="
          + encoded(kind)
          + "&actor="
          + encoded(actor)
          + "&subject="
          + encoded(subject)
          + "&text="
          + encoded(text);
    }

    private static String encoded(String value) {
      return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @GetMapping("/journal")
  public ResponseEntity<String> journal(
      @RequestParam @Nullable String kind,
      @RequestParam @Nullable String actor,
      @RequestParam @Nullable String subject,
      @RequestParam @Nullable String text,
      @RequestParam @Nullable String before,
      HttpServletRequest request)
      throws StoreUnavailable {
    var asked = new Asked(asked(kind), asked(actor), asked(subject), asked(text));
    return drawn(request, asked, before == null ? Long.MAX_VALUE : Inputs.index(before), null);
  }

  private ResponseEntity<String> drawn(
      HttpServletRequest request, Asked asked, long before, @Nullable VerdictView verdict)
      throws StoreUnavailable {
    List<Line> lines =
        stories.search(
            new EntrySearch(
                before,
                ROWS,
                given(asked.kind()),
                given(asked.actor()),
                given(asked.subject()),
                given(asked.text())));
    var model = new HashMap<String, Object>();
    model.put("lines", lines);
    model.put("asked", asked);
    model.put(
        "next",
        lines.size() < ROWS
            ? Optional.<Long>empty()
            : Optional.of(lines.getLast().entry().index()));
    model.put("verdict", Optional.ofNullable(verdict));
    return pages.page(request, "journal", "Journal", "journal", model);
  }

  private static String asked(@Nullable String value) {
    String text = value == null ? "" : value.strip();
    if (text.length() > LONGEST) {
      throw Refusal.invalid("a filter has at most " + LONGEST + " characters");
    }
    return text;
  }

  private static Optional<String> given(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  @GetMapping("/journal/{index}")
  public ResponseEntity<String> entry(@PathVariable String index, HttpServletRequest request)
      throws StoreUnavailable {
    long at = Inputs.index(index);
    StoredEntry entry =
        stories.entry(at).orElseThrow(() -> Refusal.notFound("no entry " + at + " in the journal"));
    Optional<IncidentId> incident = stories.incidentOf(entry);
    var model = new HashMap<String, Object>();
    model.put("line", stories.sentences().line(entry));
    model.put("payload", PRETTY.writeValueAsString(PRETTY.readTree(entry.payload())));
    model.put("incident", incident.map(IncidentId::value));
    model.put("chain", incident.isPresent() ? stories.chain(incident.get()) : List.of());
    return pages.page(request, "entry", "Entry " + at, "journal", model);
  }

  @PostMapping("/journal/verify")
  public ResponseEntity<String> verify(HttpServletRequest request) throws StoreUnavailable {
    return drawn(request, new Asked("", "", "", ""), Long.MAX_VALUE, log.verify());
  }

  @GetMapping("/journal/export")
  public void export(HttpServletResponse response) throws IOException, StoreUnavailable {
    log.export(response);
  }
}
