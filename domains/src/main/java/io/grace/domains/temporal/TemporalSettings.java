package io.grace.domains.temporal;

import io.grace.domains.series.SeriesId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a team may set; the schema in `domain.yaml` has checked it. *Immutable.*
///
/// @param series those that are looked at; if empty, all that are measured
/// @param step seconds between two values
/// @param maxLag steps back that causes may be
/// @param length steps that are learnt from
/// @param fresh steps that a graph is checked on
/// @param ttl how long an answer is kept
record TemporalSettings(
    List<SeriesId> series,
    Duration interval,
    int step,
    int maxLag,
    int length,
    int fresh,
    int lags,
    int horizon,
    Duration ttl) {
  static TemporalSettings of(JsonNode json) {
    var series = new ArrayList<SeriesId>();
    json.path("series").forEach(s -> series.add(SeriesId.parse(s.asString())));
    return new TemporalSettings(
        List.copyOf(series),
        Duration.ofMillis(json.path("interval_ms").asLong(10_000)),
        json.path("step_seconds").asInt(15),
        json.path("max_lag").asInt(3),
        json.path("length").asInt(720),
        json.path("fresh").asInt(60),
        json.path("lags").asInt(8),
        json.path("horizon").asInt(4),
        Duration.ofSeconds(json.path("cache_seconds").asLong(300)));
  }
}
