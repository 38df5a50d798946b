package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Hash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Motions over REST: the approver and the administrator are the members.
class ParliamentApiTest {
  private static final String MOTIONS = "/api/parliament/motions";
  private static final String WANTED = Hash.sha256("wanted").value();
  private static final String MOVE =
      "{\"policy\":\"" + WANTED + "\",\"reason\":\"fewer restarts\"}";
  private static final String FOR = "{\"vote\":\"for\",\"reason\":\"looked\"}";

  @TempDir Path directory;

  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    Path file = directory.resolve("grace.yaml");
    Files.writeString(
        file,
        """
        apiVersion: grace/v1
        parliament: {members: [the-%s, the-%s], quorum: 2, required: true}
        """
            .formatted(Role.APPROVER, Role.ADMIN));
    rig = new Rig(new MemoryBackend(Map.of(), file));
    Rig.await("seated", () -> rig.backend.snapshot().motions().rules().isOn());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void membersMoveAndVoteAndEverybodySeesWhatCameOfIt() throws Exception {
    String id = move();
    JsonNode open = motion();
    assertEquals("open", open.get("state").asString());
    assertEquals(WANTED, open.get("policy").asString());

    assertEquals(200, vote(Role.APPROVER, id, FOR));
    assertEquals(200, vote(Role.ADMIN, id, FOR));
    Rig.await("decided", () -> rig.backend.snapshot().motions().open().isEmpty());

    JsonNode carried = motion();
    assertEquals("carried", carried.get("state").asString());
    assertEquals(2, carried.get("in_favour").asInt());
    assertEquals("fewer restarts", carried.get("reason").asString());
    assertFalse(rig.backend.snapshot().motions().forbids(new Hash(WANTED)));
    assertTrue(
        rig.get(Role.VIEWER, "/api/log/entries?kind=motion.decided").text().contains(id),
        "it is in the journal");
  }

  @Test
  void refusalsSayWhy() throws Exception {
    String id = move();

    assertEquals(409, rig.post(Role.ADMIN, MOTIONS, MOVE).status(), "one is open about it");
    assertEquals(409, rig.post(Role.ADMIN, MOTIONS, "{\"reason\":\"mine\"}").status(), "ratified");
    assertEquals(400, rig.post(Role.ADMIN, MOTIONS, "{\"policy\":\"1\"}").status());
    assertEquals(400, vote(Role.ADMIN, id, "{\"vote\":\"maybe\",\"reason\":\"looked\"}"));
    assertEquals(400, vote(Role.ADMIN, id, "{\"reason\":\"looked\"}"));
    assertEquals(404, vote(Role.ADMIN, "m-9", FOR));
    assertEquals(200, vote(Role.ADMIN, id, FOR));
    assertEquals(409, vote(Role.ADMIN, id, FOR), "twice");
    assertEquals(403, vote(Role.OPERATOR, id, FOR));
    String withdraw = MOTIONS + "/" + id + "/withdraw";
    assertEquals(403, rig.post(Role.ADMIN, withdraw, "{\"reason\":\"no\"}").status(), "not its");
    assertEquals(200, rig.post(Role.APPROVER, withdraw, "{\"reason\":\"mistake\"}").status());
    assertEquals("withdrawn", motion().get("state").asString());
  }

  private String move() throws Exception {
    var moved = rig.post(Role.APPROVER, MOTIONS, MOVE);
    assertEquals(200, moved.status(), moved.text());
    return moved.json().get("id").asString();
  }

  private int vote(Role role, String id, String body) throws Exception {
    return rig.post(role, MOTIONS + "/" + id + "/votes", body).status();
  }

  private JsonNode motion() throws Exception {
    var answer = rig.get(Role.VIEWER, MOTIONS);
    assertEquals(200, answer.status(), answer.text());
    return answer.json().get("motions").get(0);
  }
}
