package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;

/// Playbooks that GRACE wrote.
public final class DraftView {
  private DraftView() {}

  public static void all(Doc drafts, Page page) {
    List<Doc> items = drafts.items("items");
    if (items.isEmpty()) {
      page.line("There is none: no remedy is known that no playbook has.");
      return;
    }
    var table = new Table("DRAFT", "SEEN ON", "STATE", "WRITTEN", "DOES");
    for (Doc draft : items) {
      table.row(
          draft.text("id"),
          draft.text("service"),
          draft.word("state"),
          draft.moment("at"),
          draft.text("title"));
    }
    page.table(table);
    page.line("None of them is loaded. Look: grace draft show DRAFT.");
  }

  public static void one(Doc draft, Page page) {
    String id = draft.text("id");
    page.title(id + " (" + draft.word("state") + ")");
    page.fact("does", draft.text("title"));
    page.fact("treats", draft.text("diagnosis") + ", seen on " + draft.text("service"));
    page.fact("why", draft.text("told"));
    page.fact("from", Words.list(draft.items("from")));
    list("Why it is not sound", draft.items("problems"), page);
    list("Proof", draft.items("proof"), page);
    list("Tests that it passes", draft.items("passed"), page);
    Doc rejection = draft.at("rejection");
    if (rejection.isPresent()) {
      page.line("Rejected by " + rejection.text("by") + ": " + rejection.text("reason"));
    } else if (draft.word("state").equals("waiting")) {
      page.heading("To take it");
      page.item("grace draft text " + id + " > playbooks/NAME.yaml");
      page.item("grace draft text --tests " + id + " > tests/NAME.yaml");
      page.item("grace check");
    }
  }

  private static void list(String heading, List<Doc> lines, Page page) {
    if (!lines.isEmpty()) {
      page.heading(heading);
      lines.forEach(line -> page.item(line.text()));
    }
  }

  public static void rejected(Doc draft, Page page) {
    page.line("Rejected " + draft.text("id") + "; it is not written again.");
  }
}
