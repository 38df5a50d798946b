package io.grace.domains.transcendence;

import io.grace.runtime.config.Durations;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// What the team may say about drafting. *Immutable.*
///
/// @param after in so many incidents people must have done the same
/// @param lookEvery how often journal and knowledge are looked through
/// @param lookBack how old what counts may be
record Habits(int after, Duration lookEvery, Duration lookBack) {
  static Habits read(JsonNode settings) {
    return new Habits(
        settings.path("after").asInt(3),
        duration(settings, "look_every", Duration.ofSeconds(30)),
        duration(settings, "look_back", Duration.ofDays(30)));
  }

  private static Duration duration(JsonNode settings, String key, Duration fallback) {
    return Durations.parse(settings.path(key).asString("")).orElse(fallback);
  }
}
