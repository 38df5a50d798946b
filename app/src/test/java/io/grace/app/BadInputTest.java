package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees who starts the real server on bad input, or takes its database away.
class BadInputTest {
  private static final String SECRET = "a-token-for-this-test-only-5b1c";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path dir;

  private Path config(String more) throws IOException {
    return Files.writeString(
        dir.resolve("grace.yaml"),
        """
        apiVersion: grace/v1
        server: {host: 127.0.0.1, port: 0}
        store: {sqlite: grace.db}
        keys: keys
        state_dir: state
        tokens: [{name: ann, role: admin, sha256: %s}]
        %s
        """
            .formatted(Hash.sha256(SECRET), more));
  }

  private void refused(String more, String... wanted) throws IOException {
    var said = new ByteArrayOutputStream();
    var err = new PrintStream(said, true, StandardCharsets.UTF_8);
    Path file = config(more);

    int status =
        new Grace(new NodeWiring(Map.of(), "test"), System.out, err)
            .run(List.of("serve", "--config", file.toString()));

    String text = said.toString(StandardCharsets.UTF_8);
    assertEquals(Grace.REFUSED, status, text);
    assertTrue(text.startsWith("grace: " + file + ":7:"), text);
    for (String part : wanted) {
      assertTrue(text.contains(part), text);
    }
    assertFalse(text.contains("\tat "), text);
    assertFalse(Files.exists(dir.resolve("grace.db")), "nothing is made before all is understood");
  }

  @Test
  void malformedYamlIsRefusedWithItsPlace() throws IOException {
    refused("mode: ]", "is not YAML");
  }

  @Test
  void unknownKeyIsNamedWithItsNeighbour() throws IOException {
    refused("serivces: {}", "serivces", "services");
  }

  @Test
  void wrongTypeIsNamedWithWhatWasWanted() throws IOException {
    refused("limits: {attempts: many}", "limits.attempts", "many");
  }

  @Test
  void changeIsRefusedWhileTheDatabaseIsHeldAndTakenOnceItIsFree() throws Exception {
    var served = new NodeWiring(Map.of(), "test").open(config("services: {orders: {}}"));
    try (var context = Server.start(served.backend(), served.host(), served.port());
        var client = HttpClient.newHttpClient()) {
      var server = URI.create("http://127.0.0.1:" + Server.port(context));

      HttpResponse<String> held;
      try (var other = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("grace.db"));
          var statement = other.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        held = pause(client, server);
        statement.execute("ROLLBACK");
      }

      assertEquals(503, held.statusCode(), held.body());
      assertTrue(held.body().contains("another program holds the database"), held.body());
      assertFalse(held.body().contains("io.grace"), held.body());
      HttpResponse<String> free = pause(client, server);
      assertEquals(200, free.statusCode(), free.body());
      assertTrue(served.backend().snapshot().isPaused());
      assertTrue(served.backend().verifyLog().ok());
    }
  }

  private static HttpResponse<String> pause(HttpClient client, URI server) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.resolve("/api/pause"))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + SECRET)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"reason\":\"a test\"}"))
            .build(),
        BodyHandlers.ofString());
  }
}
