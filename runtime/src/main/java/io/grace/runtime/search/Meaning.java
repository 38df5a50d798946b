package io.grace.runtime.search;

import io.grace.intelligence.latent.LatentSpace;
import io.grace.intelligence.latent.SparseRow;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// Where texts lie in a latent space that was learned from texts alone: nothing is downloaded, and
/// the same texts give the same space. *Immutable.*
///
/// Words weigh (1 + log tf) · idf, rows have length one; see [LatentSpace] for the decomposition.
/// Each word also counts by its runs of four letters, so that `reject` and `rejection`, or a word
/// that is misspelt, are not strangers (McNamee, Mayfield, *Character N-Gram Tokenization for
/// European Language Text Retrieval*, Information Retrieval 7, 2004).
final class Meaning {
  /// The space then takes at most 16 MB, and rarer words tell nothing of others.
  static final int MAX_WORDS = 30_000;

  /// As many texts are learned from; more change little and cost time.
  static final int MAX_TEXTS = 10_000;

  /// Fewer texts have no structure to learn.
  static final int MIN_TEXTS = 20;

  private static final int RUN = 4;
  private static final char IS_RUN = '#';

  private static final int MAGIC = 0x4C534931;

  private final Map<String, Integer> columns;
  private final float[] idf;
  private final LatentSpace space;
  private final int texts;

  private Meaning(Map<String, Integer> columns, float[] idf, LatentSpace space, int texts) {
    this.columns = columns;
    this.idf = idf;
    this.space = space;
    this.texts = texts;
  }

  /// @param texts each as its words
  static Meaning learn(List<List<String>> texts, Tuning tuning) {
    var found = new TreeMap<String, Integer>();
    for (List<String> text : texts) {
      for (String word : new HashSet<>(withRuns(text))) {
        found.merge(word, 1, Integer::sum);
      }
    }
    List<String> kept =
        found.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_WORDS)
            .map(Map.Entry::getKey)
            .toList();
    var columns = new HashMap<String, Integer>();
    float[] idf = new float[kept.size()];
    for (int c = 0; c < kept.size(); c++) {
      String word = kept.get(c);
      columns.put(word, c);
      double weight = word.charAt(0) == IS_RUN ? tuning.runWeight() : 1;
      idf[c] = (float) (weight * Math.log((1.0 + texts.size()) / found.getOrDefault(word, 1)));
    }
    var rows = new ArrayList<SparseRow>();
    for (List<String> text : texts) {
      rows.add(row(text, columns, idf));
    }
    var space =
        LatentSpace.fit(
            rows, Math.max(1, columns.size()), tuning.dimensions(texts.size()), Tuning.SEED);
    return new Meaning(columns, idf, space, texts.size());
  }

  /// All zero if none of the words was seen when the space was learned.
  float[] place(List<String> words, Tuning tuning) {
    return space.place(row(words, columns, idf), tuning.whitening());
  }

  /// How many texts it was learned from.
  int texts() {
    return texts;
  }

  int dimensions() {
    return space.dimensions();
  }

  private static SparseRow row(List<String> words, Map<String, Integer> columns, float[] idf) {
    var counts = new TreeMap<Integer, Integer>();
    for (String word : withRuns(words)) {
      Integer column = columns.get(word);
      if (column != null) {
        counts.merge(column, 1, Integer::sum);
      }
    }
    int[] at = new int[counts.size()];
    float[] values = new float[counts.size()];
    int i = 0;
    for (var count : counts.entrySet()) {
      at[i] = count.getKey();
      values[i++] = (float) ((1 + Math.log(count.getValue())) * idf[count.getKey()]);
    }
    return new SparseRow(at, values).unit();
  }

  private static List<String> withRuns(List<String> words) {
    var all = new ArrayList<>(words);
    for (String word : words) {
      String marked = "^" + word + "$";
      for (int i = 0; word.length() >= RUN && i + RUN <= marked.length(); i++) {
        all.add(IS_RUN + marked.substring(i, i + RUN));
      }
    }
    return all;
  }

  void save(Path file) throws IOException {
    try (var bytes = new BufferedOutputStream(Files.newOutputStream(file))) {
      var checked = new CheckedOutputStream(bytes, new CRC32());
      var out = new DataOutputStream(checked);
      out.writeInt(MAGIC);
      out.writeInt(texts);
      out.writeInt(idf.length);
      String[] words = new String[idf.length];
      columns.forEach((word, column) -> words[column] = word);
      for (int c = 0; c < idf.length; c++) {
        out.writeUTF(words[c]);
        out.writeFloat(idf[c]);
      }
      write(out, space.singular());
      write(out, space.directions());
      out.writeLong(checked.getChecksum().getValue());
    }
  }

  /// @throws IOException also if the checksum is wrong
  static Meaning load(Path file) throws IOException {
    try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
      var checked = new CheckedInputStream(bytes, new CRC32());
      var in = new DataInputStream(checked);
      long most = Files.size(file) / Float.BYTES;
      if (in.readInt() != MAGIC) {
        throw new IOException(file.getFileName() + " is no latent space");
      }
      int texts = in.readInt();
      float[] idf = new float[size(in, most)];
      var columns = new HashMap<String, Integer>();
      for (int c = 0; c < idf.length; c++) {
        columns.put(in.readUTF(), c);
        idf[c] = in.readFloat();
      }
      float[] singular = read(in, most);
      float[] directions = read(in, most);
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum || columns.size() != idf.length) {
        throw new IOException("checksum of " + file.getFileName() + " is wrong");
      }
      return new Meaning(
          columns, idf, LatentSpace.of(Math.max(1, idf.length), singular, directions), texts);
    } catch (IllegalArgumentException e) {
      throw new IOException(file.getFileName() + " is damaged: " + e.getMessage(), e);
    }
  }

  private static int size(DataInputStream in, long most) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > most) {
      throw new IOException("latent space is damaged: says to have " + size + " numbers");
    }
    return size;
  }

  private static void write(DataOutputStream out, float[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (float number : numbers) {
      out.writeFloat(number);
    }
  }

  private static float[] read(DataInputStream in, long most) throws IOException {
    float[] numbers = new float[size(in, most)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readFloat();
    }
    return numbers;
  }
}
