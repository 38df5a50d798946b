package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.ml.MlKind;
import io.grace.runtime.domain.Domain;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/// Clients of MLflow are served with GRACE's tokens.
class MlflowDoorTest {
  private static final String MODELS = "/api/2.0/mlflow/registered-models/";
  private static final String VERSIONS = "/api/2.0/mlflow/model-versions/";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static Rig rig;

  @SuppressWarnings("NullAway.Init")
  private static Domain ml;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(Map.of());
    ml = new MlKind().open(JsonNodeFactory.instance.objectNode(), Idle.house(directory, rig));
  }

  @AfterAll
  static void stop() {
    rig.close();
    ml.close();
  }

  @Test
  void withoutTheDomainThereIsNothing() throws Exception {
    rig.backend.domains.clear();

    assertEquals(404, rig.get(Role.VIEWER, MODELS + "get?name=churn").status());
  }

  @Test
  void modelsAreRegisteredByOperatorsAndMovedByApprovers() throws Exception {
    rig.backend.domains.add(ml);

    assertEquals(403, rig.post(Role.VIEWER, MODELS + "create", "{\"name\":\"churn\"}").status());
    assertEquals(200, rig.post(Role.OPERATOR, MODELS + "create", "{\"name\":\"churn\"}").status());
    var version =
        rig.post(
            Role.OPERATOR,
            VERSIONS + "create",
            "{\"name\":\"churn\",\"source\":\"s3://models/churn/1\"}");
    assertEquals(200, version.status(), version.text());
    String move =
        "{\"name\":\"churn\",\"version\":\"1\",\"stage\":\"Production\",\"archive_existing_versions\":false}";
    assertEquals(403, rig.post(Role.OPERATOR, VERSIONS + "transition-stage", move).status());
    var moved = rig.post(Role.APPROVER, VERSIONS + "transition-stage", move);

    assertEquals(200, moved.status(), moved.text());
    var model = rig.get(Role.VIEWER, MODELS + "get?name=churn");
    assertTrue(model.text().contains("Production"), model.text());
  }

  @Test
  void errorsAreThoseThatClientsOfMlflowRead() throws Exception {
    rig.backend.domains.add(ml);

    var none = rig.get(Role.VIEWER, MODELS + "get?name=nobody");
    var unknown = rig.post(Role.OPERATOR, MODELS + "conjure", "{}");

    assertEquals(404, none.status());
    assertEquals("RESOURCE_DOES_NOT_EXIST", none.json().path("error_code").asString());
    assertEquals("ENDPOINT_NOT_FOUND", unknown.json().path("error_code").asString());
  }
}
