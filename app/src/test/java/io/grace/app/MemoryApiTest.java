package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Memories over REST: the viewer's token is of `ml`, the operator's of `knowledge`.
class MemoryApiTest {
  private static final String MEMORY =
      "{\"type\":\"semantic\",\"content\":\"a pool that is exhausted needs more connections\","
          + "\"context\":[\"orders\"]}";

  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(Map.of());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void whatIsRememberedIsToldAndVerifies() throws Exception {
    String id = remember();

    var answer =
        rig.post(
            Role.OPERATOR,
            "/api/memory/recall",
            "{\"purpose\":\"incident\",\"query\":\"exhausted pool\"}");

    assertEquals(200, answer.status(), answer.text());
    assertTrue(verifies(answer.json()));
    JsonNode told = JsonMapper.shared().readTree(answer.json().get("signed").asString());
    assertEquals(id, told.get("memories").get(0).get("id").asString());
    assertEquals("knowledge", told.get("domain").asString(), "known from the token");
  }

  @Test
  void aRequestCannotSayWhichDomainItIsOf() throws Exception {
    var answer =
        rig.post(
            Role.VIEWER, "/api/memory/recall", "{\"purpose\":\"incident\",\"domain\":\"core\"}");

    assertEquals(400, answer.status());
  }

  @Test
  void anotherDomainNeedsTrustThatAnAdministratorGives() throws Exception {
    remember();
    String ask = "{\"purpose\":\"incident\",\"query\":\"pool\",\"domains\":[\"knowledge\"]}";

    var denied = rig.post(Role.VIEWER, "/api/memory/recall", ask);
    assertEquals(403, denied.status());
    assertEquals("cross_domain_trust", denied.json().get("rule").asString());
    String trust = "{\"domain\":\"ml\",\"trust\":0.8,\"reason\":\"proved itself\"}";
    assertEquals(403, rig.post(Role.APPROVER, "/api/memory/trust", trust).status());
    assertEquals(200, rig.post(Role.ADMIN, "/api/memory/trust", trust).status());

    assertEquals(200, rig.post(Role.VIEWER, "/api/memory/recall", ask).status());
    var log = rig.get(Role.VIEWER, "/api/log/entries?kind=memory.denied");
    assertTrue(log.text().contains("cross_domain_trust"), "the denial is in the journal");
    assertFalse(log.text().contains("pool"), "and the words are not");
  }

  @Test
  void aTokenOfNoDomainHasNoMemories() throws Exception {
    assertEquals(
        403, rig.post(Role.APPROVER, "/api/memory/recall", "{\"purpose\":\"audit\"}").status());
  }

  @Test
  void forgettingAnswersWithAProof() throws Exception {
    String id = remember();

    var answer =
        rig.post(
            Role.OPERATOR,
            "/api/memory/forget",
            "{\"ids\":[\"" + id + "\"],\"reason\":\"asked to\"}");

    assertEquals(200, answer.status(), answer.text());
    assertTrue(verifies(answer.json()));
    JsonNode proof = JsonMapper.shared().readTree(answer.json().get("signed").asString());
    assertEquals(id, proof.get("removed").get(0).asString());
    var again = rig.post(Role.OPERATOR, "/api/memory/recall", "{\"purpose\":\"incident\"}").json();
    JsonNode told = JsonMapper.shared().readTree(again.get("signed").asString());
    assertEquals(0, told.get("memories").size());
  }

  @Test
  void useIsShown() throws Exception {
    remember();
    rig.post(Role.OPERATOR, "/api/memory/recall", "{\"purpose\":\"incident\"}");

    var patterns = rig.get(Role.VIEWER, "/api/memory/patterns").json();

    assertEquals(10, patterns.get("domains").size());
    JsonNode knowledge = patterns.get("domains").get(3);
    assertEquals("knowledge", knowledge.get("domain").asString());
    assertEquals(200, knowledge.get("quota").asInt());
    assertEquals(2, knowledge.get("used").asInt());
    assertEquals(1, knowledge.get("habits").size());
  }

  @Test
  void nothingIsToldWhileTheJournalIsUnavailable() throws Exception {
    remember();
    rig.backend.broken.set(true);

    var answer = rig.post(Role.OPERATOR, "/api/memory/recall", "{\"purpose\":\"incident\"}");

    assertEquals(503, answer.status());
    assertFalse(answer.text().contains("pool"));
  }

  @Test
  void whatIsMissingOrWrongIsNamed() throws Exception {
    for (String body :
        new String[] {
          "{}",
          "{\"purpose\":\"fun\"}",
          "{\"purpose\":\"audit\",\"limit\":51}",
          "{\"purpose\":\"audit\",\"domains\":[\"shop\"]}",
          "{\"purpose\":\"audit\",\"from\":\"+999999999-01-01T00:00:00Z\"}",
          "{\"purpose\":\"audit\",\"from\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}"
        }) {
      assertEquals(400, rig.post(Role.VIEWER, "/api/memory/recall", body).status(), body);
    }
    assertEquals(
        400, rig.post(Role.OPERATOR, "/api/memory/forget", "{\"reason\":\"none\"}").status());
  }

  private String remember() throws Exception {
    var answer = rig.post(Role.OPERATOR, "/api/memory/remember", MEMORY);
    assertEquals(200, answer.status(), answer.text());
    return answer.json().get("id").asString();
  }

  /// With nothing of the house: as a stranger would.
  private boolean verifies(JsonNode answer) {
    var verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(rig.backend.publicKey(), 0));
    byte[] message =
        ("grace-memory-v1\n" + answer.get("signed").asString()).getBytes(StandardCharsets.UTF_8);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(Base64.getDecoder().decode(answer.get("signature").asString()));
  }
}
