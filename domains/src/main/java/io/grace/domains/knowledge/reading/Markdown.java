package io.grace.domains.knowledge.reading;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/// CommonMark, with front matter of plain `key: value` lines (`title`, `owner`, `reviewed`).
final class Markdown {
  private static final String FENCE = "---";

  /// A fence that never ends is no front matter.
  private static final int FRONT_LINES = 40;

  /// Nobody reads a text with more.
  private static final int MOST_BLOCKS = 200;

  private static final Parser PARSER = Parser.builder().build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.COMPACT).build();

  private Markdown() {}

  static Text read(String file) {
    Map<String, String> front = new HashMap<>();
    String body = withoutFront(file.replace("\r\n", "\n"), front);
    var outline = new Outline();
    Node document = PARSER.parse(body);
    for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
      switch (block) {
        case Heading heading -> outline.heading(heading.getLevel(), TEXT.render(heading));
        case HtmlBlock html -> outline.paragraph(Html.text(html.getLiteral()));
        default -> outline.paragraph(TEXT.render(block));
      }
    }
    return new Text(
        front.getOrDefault("title", outline.title()),
        Optional.ofNullable(front.get("owner")).filter(owner -> !owner.isBlank()),
        Optional.ofNullable(front.get("reviewed")).flatMap(Markdown::date),
        outline.sections(),
        List.of(),
        blocks(document));
  }

  /// Wherever they stand, in lists and quotations too. Not from what is rendered: that loses what a
  /// line is indented by.
  private static List<Text.Block> blocks(Node document) {
    var blocks = new ArrayList<Text.Block>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(FencedCodeBlock block) {
            if (blocks.size() < MOST_BLOCKS) {
              String info = block.getInfo() == null ? "" : block.getInfo().strip();
              String language = info.split("[\\s{,]", 2)[0].toLowerCase(Locale.ROOT);
              blocks.add(new Text.Block(language, block.getLiteral()));
            }
          }
        });
    return blocks;
  }

  private static String withoutFront(String file, Map<String, String> front) {
    if (!file.startsWith(FENCE + "\n")) {
      return file;
    }
    int end = file.indexOf("\n" + FENCE + "\n", FENCE.length());
    if (end < 0 || file.substring(0, end).lines().count() > FRONT_LINES) {
      return file;
    }
    file.substring(FENCE.length(), end)
        .lines()
        .filter(line -> line.indexOf(':') > 0)
        .forEach(line ->
            front.put(
                line.substring(0, line.indexOf(':')).strip(),
                unquoted(line.substring(line.indexOf(':') + 1).strip())));
    return file.substring(end + FENCE.length() + 2);
  }

  private static String unquoted(String value) {
    boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }

  static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
