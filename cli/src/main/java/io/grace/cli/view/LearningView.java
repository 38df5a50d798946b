package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import java.util.List;

/// What came of each playbook where, against what healed by itself.
public final class LearningView {
  private LearningView() {}

  public static void show(Doc learning, Page page) {
    List<Doc> items = learning.items("items");
    if (items.isEmpty()) {
      page.line("Nothing was learned yet: no run has ended with a verified outcome.");
      return;
    }
    var table =
        new Table("SERVICE", "DIAGNOSIS", "PLAYBOOK", "#OK", "#FAILED", "#RATE", "#MEAN", "#ALONE");
    for (Doc row : items) {
      table.row(
          row.text("service"),
          row.text("diagnosis"),
          row.text("playbook"),
          row.text("succeeded"),
          row.text("failed"),
          row.text("success_rate"),
          row.duration("mean"),
          row.text("self_recoveries"));
    }
    page.table(table);
    page.line("ALONE counts recoveries in which GRACE had done nothing.");
    StatusView.more(learning, page);
  }
}
