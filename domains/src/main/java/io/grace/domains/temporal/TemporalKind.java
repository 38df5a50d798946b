package io.grace.domains.temporal;

import io.grace.core.model.ActionSpec;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Causes, forecasts and what would have been, as a domain.
public final class TemporalKind implements DomainKind {
  @Override
  public String name() {
    return TemporalNodes.NAME;
  }

  @Override
  public String definition() {
    try (var in = TemporalKind.class.getResourceAsStream("domain.yaml")) {
      if (in == null) {
        throw new IllegalStateException("domain.yaml of temporal is not in the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<ActionSpec> actions() {
    return TemporalNodes.actions();
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    return new TemporalDomain(TemporalSettings.of(settings), house);
  }
}
