package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.disk.WholeFile;
import io.grace.domains.transcendence.Draft;
import io.grace.domains.transcendence.TranscendenceKind;
import io.grace.runtime.domain.Domain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Playbooks that GRACE wrote, read and rejected by people.
class DraftsApiTest {
  static final String ID = "queue_backlog_1a2b3c4d";
  private static final String WHY = "{\"reason\":\"the queue is not ours\"}";

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init")
  private Rig rig;

  @SuppressWarnings("NullAway.Init")
  private Domain domain;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(Map.of());
    domain = shelved(directory, rig);
    rig.backend.domains.add(domain);
  }

  /// The domain with one draft that waits.
  static Domain shelved(Path directory, Rig rig) throws Exception {
    var draft =
        new Draft(
            ID,
            "queue_backlog",
            "orders",
            "drain_queue",
            "people did this in 3 incidents, and it helped",
            List.of("i-000001"),
            "id: " + ID + "\n",
            "playbook: " + ID + "\n",
            List.of("proved: at most 1 action on the service of the incident"),
            List.of("it helps"),
            List.of(),
            "0".repeat(64),
            Instant.parse("2026-11-01T10:00:00Z"),
            Optional.empty());
    Path drafts = Files.createDirectories(directory.resolve("drafts"));
    WholeFile.write(
        drafts.resolve(ID + ".draft"), JsonMapper.builder().build().writeValueAsBytes(draft));
    return new TranscendenceKind()
        .open(JsonNodeFactory.instance.objectNode(), Idle.house(directory, rig));
  }

  @AfterEach
  void stop() {
    rig.close();
    domain.close();
  }

  @Test
  void everybodyWhoMayLookSeesDraftsWithTheirTextAndWhatIsProved() throws Exception {
    var all = rig.get(Role.VIEWER, "/api/drafts").json().path("items");
    var one = rig.get(Role.VIEWER, "/api/drafts/" + ID).json();

    assertEquals(1, all.size());
    assertEquals("waiting", all.get(0).path("state").asString());
    assertEquals("id: " + ID + "\n", one.path("playbook").asString());
    assertTrue(one.path("proof").get(0).asString().startsWith("proved"));
    assertEquals(404, rig.get(Role.VIEWER, "/api/drafts/other").status());
  }

  @Test
  void approversRejectADraftOnceAndForGood() throws Exception {
    String path = "/api/drafts/" + ID + "/reject";
    assertEquals(403, rig.post(Role.OPERATOR, path, WHY).status());
    assertEquals(400, rig.post(Role.APPROVER, path, "{}").status());

    var rejected = rig.post(Role.APPROVER, path, WHY);

    assertEquals(200, rejected.status(), rejected.text());
    assertEquals("rejected", rejected.json().path("state").asString());
    assertEquals("the-" + Role.APPROVER, rejected.json().path("rejection").path("by").asString());
    assertEquals(409, rig.post(Role.APPROVER, path, WHY).status());
  }

  @Test
  void withoutTheDomainThereIsNothingAndItIsSaidWhy() throws Exception {
    rig.backend.domains.clear();

    var none = rig.get(Role.VIEWER, "/api/drafts");

    assertEquals(404, none.status());
    assertTrue(none.text().contains("transcendence"), none.text());
  }
}
