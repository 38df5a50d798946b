package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Tone;

/// Entries of the journal, a line each.
public final class EntryView {
  private EntryView() {}

  public static void line(Doc entry, Page page) {
    Doc payload = entry.at("payload").unfolded();
    page.title(
        entry.text("index")
            + "  "
            + entry.moment("at")
            + "  "
            + entry.text("kind")
            + "  "
            + entry.text("subject")
            + "  by "
            + entry.text("actor")
            + why(payload),
        tone(payload));
  }

  private static String why(Doc payload) {
    return payload
        .maybe("reason")
        .or(() -> payload.maybe("detail"))
        .or(() -> payload.maybe("why"))
        .filter(text -> !text.isBlank())
        .map(text -> ": " + text)
        .orElse("");
  }

  private static Tone tone(Doc payload) {
    String word =
        payload.at("outcome").isPresent() ? payload.word("outcome") : payload.word("finding");
    return Words.tone(word);
  }
}
