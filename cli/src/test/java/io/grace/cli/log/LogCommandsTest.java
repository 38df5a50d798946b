package io.grace.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands, on every kind of source that needs no server.
class LogCommandsTest {
  /// The schema is the writer's own, so that a change to it shows here.
  private static final Path SCHEMA =
      Path.of("../runtime/src/main/resources/db/migration/V1__journal.sql");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private int verify(String... arguments) {
    return run(new LogVerifyCommand(), arguments);
  }

  /// The checked-in journal as the SQLite file that GRACE would have written.
  private Path database() throws Exception {
    Path file = directory.resolve("grace.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (var statement = connection.createStatement()) {
        String schema =
            Files.readString(SCHEMA).replaceAll("--[^\n]*", "").replace("${rowkey}", "INTEGER");
        for (String sql : schema.split(";", -1)) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
      }
      connection.setAutoCommit(false);
      for (String line : Format1.lines()) {
        JsonNode row = JSON.readTree(line);
        if (row.has("index")) {
          insert(connection, "entry", row);
        } else if (row.has("checkpoint")) {
          insert(connection, "checkpoint", row);
        }
      }
      connection.commit();
    }
    return file;
  }

  private static void insert(Connection connection, String table, JsonNode row) throws Exception {
    List<String> marks = new ArrayList<>();
    row.forEach(_ -> marks.add("?"));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table + " VALUES (" + String.join(",", marks) + ")")) {
      int at = 1;
      for (JsonNode value : row) {
        if (value.isNumber()) {
          insert.setLong(at++, value.asLong());
        } else {
          insert.setString(at++, value.asString());
        }
      }
      insert.executeUpdate();
    }
  }

  @Test
  void cleanJournalExitsWithZero() {
    assertEquals(0, verify(Format1.FILE.toString(), "--key", Format1.FIRST_KEY), err.toString());
    assertTrue(out.toString().contains("OK: journal 22e36fdd-"), out.toString());
  }

  @Test
  void packedExportIsReadToo() throws Exception {
    Path packed = directory.resolve("journal.jsonl.gz");
    try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(Format1.FILE, to);
    }

    assertEquals(0, verify(packed.toString(), "--key", Format1.FIRST_KEY), out.toString());

    Files.write(packed, Arrays.copyOf(Files.readAllBytes(packed), 20_000));
    assertEquals(1, verify(packed.toString()), out.toString());
  }

  @Test
  void databaseFileIsVerifiedWithoutBeingWritten() throws Exception {
    Path file = database();
    byte[] before = Files.readAllBytes(file);

    assertEquals(0, verify(file.toString(), "--key", Format1.FIRST_KEY), out + "" + err);

    assertEquals(
        HexFormat.of().formatHex(before), HexFormat.of().formatHex(Files.readAllBytes(file)));
  }

  @Test
  void editsInTheDatabaseAreNamed() throws Exception {
    Path file = database();
    for (String edit :
        List.of(
            "UPDATE entry SET payload = '{}' WHERE idx = 77",
            "DELETE FROM entry WHERE idx = 12",
            "UPDATE checkpoint SET signature = 'AAAA' WHERE size = 150")) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          var statement = connection.createStatement()) {
        statement.execute(edit);
      }
    }

    assertEquals(1, verify(file.toString(), "--key", Format1.FIRST_KEY, "--json"));

    JsonNode verdict = JSON.readTree(out.toString());
    List<String> found = new ArrayList<>();
    for (JsonNode finding : verdict.path("findings")) {
      found.add(finding.path("kind").asString() + " " + finding.path("index").asLong());
    }
    assertEquals(List.of("EDITED 77", "BAD_SIGNATURE 150", "GAP 12"), found);
  }

  @Test
  void heldCheckpointFindsTheCutTail() throws Exception {
    Path file = database();
    assertEquals(0, run(new LogCheckpointCommand(), file.toString(), "--json"), err.toString());
    Path held = Files.writeString(directory.resolve("held.json"), out.toString());
    assertEquals(0, verify(file.toString(), "--checkpoint", held.toString()), out.toString());

    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM entry WHERE idx > 152");
      statement.execute("DELETE FROM checkpoint WHERE size > 152");
    }

    assertEquals(0, verify(file.toString(), "--key", Format1.FIRST_KEY), "nobody can tell");
    assertEquals(1, verify(file.toString(), "--checkpoint", held.toString()));
    assertTrue(out.toString().contains("148 were cut off"), out.toString());
  }

  @Test
  void exportOfADatabaseIsByteForByteTheWritersOwn() throws Exception {
    String file = database().toString();
    Path exported = directory.resolve("out.jsonl");

    assertEquals(0, run(new LogExportCommand(), file, exported.toString()), err.toString());

    assertEquals(Files.readString(Format1.FILE), Files.readString(exported));
    assertEquals(2, run(new LogExportCommand(), file, exported.toString()), "never overwrites");
  }

  @Test
  void whatIsNoJournalExitsWithTwo() throws Exception {
    assertEquals(2, verify(directory.resolve("none").toString()));
    assertTrue(err.toString().contains("no such file"), err.toString());
    assertEquals(2, verify());
    assertEquals(2, verify(Format1.FILE.toString(), "--key", "no-key"));
    assertEquals(2, verify(Format1.FILE.toString(), "--checkpoint", Format1.FILE.toString()));
    assertEquals(2, verify("jdbc:mysql://x/y"));
    assertEquals(1, verify(Files.writeString(directory.resolve("text"), "hello\n").toString()));
  }

  @Test
  void keyMayBeAPemFile() throws Exception {
    String der =
        "MCowBQYDK2VwAyEA" + Format1.FIRST_KEY; // X.509 prefix of 12 bytes, so base64 simply joins
    Path pem =
        Files.writeString(
            directory.resolve("first.pub.pem"),
            "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n");

    assertEquals(0, verify(Format1.FILE.toString(), "--key", pem.toString()), out.toString());
  }
}
