package io.grace.runtime.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The schema has one line of versions and one head, for both stores.
class MigrationsTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final Pattern NAME = Pattern.compile("V(\\d+)__[a-z0-9_]+\\.sql");

  private static List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(MIGRATIONS.getParent())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void versionsAreOneLineWithoutGap() throws Exception {
    List<Integer> versions =
        files().stream()
            .map(file -> {
              var name = NAME.matcher(file.getFileName().toString());
              assertTrue(name.matches(), "migration must be named V<n>__<what>.sql: " + file);
              assertEquals(MIGRATIONS, file.getParent(), "one set for both stores");
              return Integer.parseInt(name.group(1));
            })
            .sorted()
            .toList();

    assertEquals(IntStream.rangeClosed(1, versions.size()).boxed().toList(), versions);
  }

  @Test
  void noMigrationUsesATypeOfOneVendor() throws Exception {
    Pattern vendor =
        Pattern.compile(
            "\\b(serial|bigserial|jsonb|bytea|blob|timestamptz?|autoincrement|uuid)\\b");
    for (Path file : files()) {
      String sql = Files.readString(file).replaceAll("--.*", "").toLowerCase(Locale.ROOT);
      assertFalse(vendor.matcher(sql).find(), "use BIGINT and TEXT in " + file);
    }
  }
}
