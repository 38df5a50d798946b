package io.grace.runtime.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens when the files of an index are overwritten under it.
class SearchDamageTest {
  private static final Query QUERY = Query.of("expired chain");

  @TempDir Path directory;

  private SearchIndex filled() throws IOException {
    var index = SearchIndex.open(directory);
    index.rebuild(Corpus.of());
    return index;
  }

  /// Files that hold what is searched.
  private List<Path> files() throws IOException {
    try (var files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.toString().contains("generation-"))
          .filter(f -> !f.endsWith("write.lock"))
          .toList();
    }
  }

  private static void overwrite(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {13, 37, 13, 37, 13, 37}), channel.size() / 2);
    }
  }

  private static List<String> found(SearchIndex index) throws IOException {
    return index.search(QUERY, 10).stream().map(hit -> hit.document().id()).toList();
  }

  @Test
  void damageOfAnyFileIsToldAndReachesNoAnswer() throws IOException {
    try (var index = filled()) {
      List<String> before = found(index);
      assertTrue(files().size() >= 3, files().toString());
      for (Path file : files()) {
        byte[] sound = Files.readAllBytes(file);

        overwrite(file);

        assertFalse(index.verify().isSound(), file + " is damaged and nobody noticed");
        assertEquals(before, found(index));
        Files.write(file, sound);
        assertTrue(index.verify().isSound(), index.verify().toString());
      }
    }
  }

  @Test
  void missingFileIsTold() throws IOException {
    try (var index = filled()) {
      Files.delete(
          files().stream().filter(f -> f.toString().endsWith(".cfs")).findFirst().orElseThrow());

      assertTrue(index.verify().damage().getFirst().endsWith("is missing"));
    }
  }

  @Test
  void rebuildHealsAndWhatServedBeforeIsRemoved() throws IOException {
    try (var index = filled()) {
      List<String> before = found(index);
      for (Path file : files()) {
        overwrite(file);
      }

      index.rebuild(index.documents());

      assertTrue(index.verify().isSound(), index.verify().toString());
      assertEquals(before, found(index));
    }
    try (var again = SearchIndex.open(directory)) {
      assertTrue(again.verify().isSound());
      assertEquals(30, again.size());
    }
    assertEquals(1, generations());
  }

  private long generations() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(f -> f.toString().contains("generation-")).count();
    }
  }

  @Test
  void oldOneServesWhileTheNewOneIsBuiltAndChangesGoToBoth() throws IOException {
    try (var index = filled()) {
      Iterable<Document> asked =
          () -> {
            try {
              assertFalse(found(index).isEmpty());
              index.put(Corpus.document("late", "expired chain at last"));
              index.delete("t0-0");
              index.commit();
              assertTrue(found(index).contains("late"));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            return Corpus.of().iterator();
          };

      index.rebuild(asked);

      assertTrue(found(index).contains("late"));
      assertEquals(30, index.size());
    }
  }

  @Test
  void rebuildThatFailsLeavesTheOldOneInPlace() throws IOException {
    try (var index = filled()) {
      List<String> before = found(index);
      Iterable<Document> broken =
          () ->
              new Iterator<>() {
                @Override
                public boolean hasNext() {
                  return true;
                }

                @Override
                public Document next() {
                  throw new java.io.UncheckedIOException(new IOException("source is gone"));
                }
              };

      assertThrows(IOException.class, () -> index.rebuild(broken));

      assertEquals(before, found(index));
      assertTrue(index.verify().isSound());
      index.put(Corpus.document("after", "expired chain"));
      index.commit();
      assertEquals(31, index.size());
    }
  }

  @Test
  void indexThatCannotBeOpenedIsEmptyAndSaysSoUntilItIsRebuilt() throws IOException {
    filled().close();
    for (Path file : files()) {
      overwrite(file);
    }

    try (var index = SearchIndex.open(directory)) {
      assertEquals(0, index.size());
      assertTrue(index.verify().damage().getFirst().contains("could not be opened"));
    }
    try (var again = SearchIndex.open(directory)) {
      assertFalse(again.verify().isSound(), "a restart forgot the damage");
      again.rebuild(Corpus.of());
      assertTrue(again.verify().isSound());
      assertEquals(30, again.size());
    }
    try (var healed = SearchIndex.open(directory)) {
      assertTrue(healed.verify().isSound());
    }
  }
}
