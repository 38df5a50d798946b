package io.grace.runtime.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Texts as stems of English words, as the index has them. *Thread-safe.*
final class Stems {
  static final Analyzer ANALYZER = new EnglishAnalyzer();

  private Stems() {}

  /// In order, repeats included.
  static List<String> of(String text, int most) throws IOException {
    var words = new ArrayList<String>();
    try (var stream = ANALYZER.tokenStream(DomainIndex.TEXT, text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && words.size() < most) {
        words.add(term.toString());
      }
      stream.end();
    }
    return words;
  }
}
