package io.grace.domains.knowledge.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// HTML without what is not read: scripts, styles, navigation. Nothing is loaded from it.
final class Html {
  private static final String NOT_READ =
      "script, style, noscript, template, nav, header, footer, form, svg";
  private static final Set<String> BREAKS =
      Set.of("p", "li", "pre", "td", "th", "tr", "div", "br", "blockquote", "dt", "dd", "section");

  private Html() {}

  static Text read(byte[] bytes) throws Unreadable {
    Document page;
    try {
      // The encoding is what the file declares, else UTF-8.
      page = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
    } catch (IOException e) {
      throw new Unreadable("cannot be decoded: " + e.getMessage(), e);
    }
    var outline = new Outline();
    page.select(NOT_READ).remove();
    Walk walk = new Walk(outline);
    page.body().traverse(walk);
    walk.flush();
    return new Text(
        page.title().isBlank() ? outline.title() : page.title(),
        meta(page, "author"),
        meta(page, "reviewed").flatMap(Markdown::date),
        outline.sections(),
        List.of());
  }

  /// Of a fragment.
  static String text(String fragment) {
    return Jsoup.parseBodyFragment(fragment).text();
  }

  private static Optional<String> meta(Document page, String name) {
    return Optional.ofNullable(page.selectFirst("meta[name=" + name + "]"))
        .map(meta -> meta.attr("content"))
        .filter(content -> !content.isBlank());
  }

  /// Goes through the page in order. *Owned by one reading.*
  private static final class Walk implements NodeVisitor {
    private final Outline outline;
    private final StringBuilder line = new StringBuilder();

    Walk(Outline outline) {
      this.outline = outline;
    }

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        line.append(text.text());
      } else if (node instanceof Element element && (isHeading(element) || breaks(element))) {
        flush();
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element) {
        if (isHeading(element)) {
          outline.heading(element.tagName().charAt(1) - '0', line.toString());
          line.setLength(0);
        } else if (breaks(element)) {
          flush();
        }
      }
    }

    void flush() {
      outline.paragraph(line.toString());
      line.setLength(0);
    }

    private static boolean breaks(Element element) {
      return BREAKS.contains(element.tagName().toLowerCase(Locale.ROOT));
    }

    private static boolean isHeading(Element element) {
      return element.tagName().matches("[hH][1-6]");
    }
  }
}
