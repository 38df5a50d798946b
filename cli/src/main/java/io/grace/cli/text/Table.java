package io.grace.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings. Where they do not fit, the widest column wraps: nothing is cut off, because
/// an id that cannot be copied is useless. *Owned by the thread that builds it.*
public final class Table {
  /// Below this a column reads worse than a line that is too long.
  private static final int NARROWEST = 6;

  private static final String GAP = "  ";

  /// A column. Numbers stand right.
  public record Column(String heading, boolean isNumber) {}

  /// What stands in a row and column.
  public record Cell(String text, Tone tone) {}

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /// @param headings one a column; a leading `#` marks numbers
  public Table(String... headings) {
    columns =
        Arrays.stream(headings)
            .map(h -> h.startsWith("#") ? new Column(h.substring(1), true) : new Column(h, false))
            .toList();
  }

  public Table row(String... texts) {
    return row(Arrays.stream(texts).map(t -> new Cell(t, Tone.PLAIN)).toArray(Cell[]::new));
  }

  public Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row needs " + columns.size() + " cells: " + cells.length);
    }
    rows.add(List.of(cells));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  List<String> lines(int width, boolean colour) {
    int[] widths = widths(width);
    var lines = new ArrayList<String>();
    layOut(
        columns.stream().map(c -> new Cell(c.heading(), Tone.STRONG)).toList(),
        widths,
        colour,
        lines);
    rows.forEach(row -> layOut(row, widths, colour, lines));
    return lines;
  }

  private int[] widths(int width) {
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = Wrap.length(columns.get(c).heading());
      for (List<Cell> row : rows) {
        widths[c] = Math.max(widths[c], Wrap.length(row.get(c).text()));
      }
    }
    int room = width - GAP.length() * (widths.length - 1);
    while (Arrays.stream(widths).sum() > room) {
      int widest = widest(widths);
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  /// The last of equals, since prose stands at the end and wraps better than an id.
  private static int widest(int[] widths) {
    int widest = 0;
    for (int c = 1; c < widths.length; c++) {
      if (widths[c] >= widths[widest]) {
        widest = c;
      }
    }
    return widest;
  }

  private void layOut(List<Cell> row, int[] widths, boolean colour, List<String> lines) {
    var wrapped = new ArrayList<List<String>>();
    int height = 1;
    for (int c = 0; c < widths.length; c++) {
      List<String> cell = Wrap.lines(row.get(c).text(), widths[c]);
      wrapped.add(cell);
      height = Math.max(height, cell.size());
    }
    for (int h = 0; h < height; h++) {
      var line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String text = h < wrapped.get(c).size() ? wrapped.get(c).get(h) : "";
        boolean isLast = c == widths.length - 1;
        String padding = " ".repeat(Math.max(0, widths[c] - Wrap.length(text)));
        String painted = colour ? row.get(c).tone().paint(text) : text;
        line.append(columns.get(c).isNumber() ? padding + painted : painted);
        if (!isLast) {
          line.append(columns.get(c).isNumber() ? GAP : padding + GAP);
        }
      }
      lines.add(line.toString().stripTrailing());
    }
  }
}
