package io.grace.domains.knowledge.reading;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/// The text of a PDF, page by page. Pictures of text hold none.
final class Pdf {
  private static final int MAX_PAGES = 300;

  private Pdf() {}

  static Text read(byte[] bytes) throws Unreadable {
    try (PDDocument file = Loader.loadPDF(bytes)) {
      var outline = new Outline();
      var stripper = new PDFTextStripper();
      stripper.setParagraphStart("\n");
      for (int page = 1; page <= Math.min(MAX_PAGES, file.getNumberOfPages()); page++) {
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        outline.heading(1, "Page " + page);
        outline.paragraph(stripper.getText(file));
      }
      var about = file.getDocumentInformation();
      return new Text(
          Optional.ofNullable(about.getTitle()).orElse(""),
          Optional.ofNullable(about.getAuthor()).filter(author -> !author.isBlank()),
          Optional.empty(),
          outline.sections(),
          List.of());
    } catch (InvalidPasswordException e) {
      throw new Unreadable("is encrypted", e);
    } catch (IOException e) {
      throw new Unreadable("is no sound PDF: " + e.getMessage(), e);
    }
  }
}
