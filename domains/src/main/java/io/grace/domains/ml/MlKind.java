package io.grace.domains.ml;

import io.grace.core.model.ActionSpec;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Models, their training and their answers, as a domain.
public final class MlKind implements DomainKind {
  @Override
  public String name() {
    return MlNodes.NAME;
  }

  @Override
  public String definition() {
    try (var in = MlKind.class.getResourceAsStream("domain.yaml")) {
      if (in == null) {
        throw new IllegalStateException("domain.yaml of ml is not in the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<ActionSpec> actions() {
    return MlNodes.actions();
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return MlDomain.open(MlSettings.of(settings), house);
  }
}
