package io.grace.cli.text;

import java.io.PrintWriter;
import java.util.List;

/// Writes headings, labelled facts, lists and tables of at most `width` columns. *Owned by the
/// thread that writes it.*
public final class Page {
  private static final int LABEL = 12;

  private final PrintWriter out;
  private final int width;
  private final boolean colour;

  public Page(PrintWriter out, int width, boolean colour) {
    this.out = out;
    this.width = width;
    this.colour = colour;
  }

  public void title(String text) {
    title(text, Tone.STRONG);
  }

  public void title(String text, Tone tone) {
    hanging("", 0, text, tone);
  }

  public void heading(String text) {
    out.println();
    out.println(paint(Tone.STRONG, text));
  }

  public void line(String text) {
    hanging("", 0, text, Tone.PLAIN);
  }

  /// A fact after its label; the text wraps beside it.
  public void fact(String label, String text) {
    fact(label, text, Tone.PLAIN);
  }

  public void fact(String label, String text, Tone tone) {
    hanging(label + " ".repeat(Math.max(1, LABEL - label.length())), LABEL, text, tone);
  }

  public void item(String text) {
    hanging("  - ", 4, text, Tone.PLAIN);
  }

  /// A point of a numbered list.
  public void point(int number, String text) {
    String lead = "  " + number + ". ";
    hanging(lead, lead.length(), text, Tone.PLAIN);
  }

  /// Indented prose.
  public void note(String text) {
    hanging("  ", 2, text, Tone.PLAIN);
  }

  /// An entry of a timeline: when it was, and what.
  public void moment(String when, String what, Tone tone) {
    String lead = "  " + " ".repeat(Math.max(0, 9 - when.length())) + when + "  ";
    hanging(lead, lead.length(), what, tone);
  }

  public void table(Table table) {
    table(table, "");
  }

  public void table(Table table, String indent) {
    table.lines(width - indent.length(), colour).forEach(l -> out.println(indent + l));
  }

  private void hanging(String lead, int indent, String text, Tone tone) {
    List<String> lines = Wrap.lines(text, Math.max(1, width - Math.max(indent, lead.length())));
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? lead : " ".repeat(indent)) + paint(tone, lines.get(i));
      out.println(line.stripTrailing());
    }
  }

  private String paint(Tone tone, String text) {
    return colour ? tone.paint(text) : text;
  }
}
