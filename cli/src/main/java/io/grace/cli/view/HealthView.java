package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Table;
import java.util.List;

/// Services and how they are.
final class HealthView {
  private HealthView() {}

  static Table table(List<Doc> services) {
    var table = new Table("SERVICE", "STATUS", "#SURE", "SINCE", "SYMPTOM (THRESHOLD)");
    for (Doc service : services) {
      table.row(
          Words.plain(service.text("service")),
          Words.cell(service.word("status")),
          Words.plain(service.text("confidence")),
          Words.plain(service.moment("since")),
          Words.plain(Words.firstSymptom(service)));
    }
    return table;
  }
}
