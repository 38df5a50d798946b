package io.grace.runtime.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Texts as stems: English, with the names of metrics, classes and settings also taken apart, so
/// that `hikaricp_connections_pending` is found by "pending connections". *Thread-safe.*
final class Words {
  private static final int APART =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.PRESERVE_ORIGINAL
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;

  private static final int LONGEST = 64;

  static final Analyzer ANALYZER =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          var source = new StandardTokenizer();
          TokenStream parts = new WordDelimiterGraphFilter(source, APART, null);
          TokenStream words = new LowerCaseFilter(new FlattenGraphFilter(parts));
          words = new EnglishPossessiveFilter(words);
          words = new StopFilter(words, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
          words = new PorterStemFilter(words);
          return new TokenStreamComponents(source, new LengthFilter(words, 1, LONGEST));
        }
      };

  private Words() {}

  /// In order, repeats included.
  static List<String> of(String text) {
    var words = new ArrayList<String>();
    try (TokenStream stream = ANALYZER.tokenStream("text", text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
    return words;
  }
}
