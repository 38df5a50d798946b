package io.grace.runtime.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a generation from nothing but documents.
final class Rebuild {
  private Rebuild() {}

  /// @param source gone through twice
  static Generation build(Path directory, Iterable<Document> source, Tuning tuning)
      throws IOException {
    Generation fresh = Generation.begin(directory, tuning, learned(source, tuning));
    try {
      int count = 0;
      for (Document document : source) {
        if (++count > SearchIndex.MAX_DOCUMENTS) {
          throw new IOException(
              "more than " + SearchIndex.MAX_DOCUMENTS + " documents; the index is full");
        }
        fresh.put(document);
      }
      fresh.commit();
      fresh.prove();
      return fresh;
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private static @Nullable Meaning learned(Iterable<Document> source, Tuning tuning) {
    int count = 0;
    for (Document _ : source) {
      count++;
    }
    if (count < Meaning.MIN_TEXTS) {
      return null;
    }
    // Every so many of a large corpus, from its whole length.
    int stride = (count + Meaning.MAX_TEXTS - 1) / Meaning.MAX_TEXTS;
    List<List<String>> texts = new ArrayList<>();
    int at = 0;
    for (Document document : source) {
      if (at++ % stride == 0) {
        texts.add(Words.of(Fields.all(document)));
      }
    }
    return Meaning.learn(texts, tuning);
  }
}
