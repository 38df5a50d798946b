package io.grace.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The checked-in journal that GRACE itself wrote once: 300 entries, two epochs, a rotation,
/// checkpoints. It must verify for ever; it is never generated again.
final class Format1 {
  static final Path FILE = Path.of("src/test/resources/journals/format-1.jsonl");
  static final String FIRST_KEY = "6wdrI5IbJIeuLUmUTEZK+Ap5jkz8t3TAoywYHMYILhM=";
  static final int ENTRIES = 300;

  private Format1() {}

  static List<String> lines() throws IOException {
    return Files.readAllLines(FILE);
  }

  static Trust pinned() {
    return new Trust(
        PublicKey.parse(FIRST_KEY), Optional.empty(), Optional.empty(), Long.MAX_VALUE);
  }

  /// The key, and the newest checkpoint as somebody holds it.
  static Trust held() throws IOException {
    NewestCheckpoint newest = new NewestCheckpoint();
    LogSource.at(FILE.toString()).read(newest);
    return new Trust(PublicKey.parse(FIRST_KEY), newest.found(), Optional.empty(), Long.MAX_VALUE);
  }

  /// Where in the lines the entry with this index stands.
  static int lineOf(List<String> lines, long index) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("{\"index\":" + index + ",")) {
        return i;
      }
    }
    throw new IllegalArgumentException("no entry " + index);
  }
}
