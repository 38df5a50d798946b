package io.grace.runtime.prometheus;

import io.grace.core.model.Edge;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ReportSource;
import io.grace.runtime.config.CallsConfig;
import io.grace.runtime.prometheus.StoreAnswer.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who calls whom, as series with two names say: service graphs of traces, counters of clients,
/// labels of Kubernetes objects. *Thread-safe.*
final class CallsReader implements ReportSource {
  private static final int MOST = 20_000;

  private final CallsConfig config;
  private final StoreApi api;

  CallsReader(CallsConfig config, StoreApi api) {
    this.config = config;
    this.api = api;
  }

  @Override
  public String name() {
    return "calls by " + config.source();
  }

  @Override
  public Duration interval() {
    return config.interval();
  }

  @Override
  public List<Report> collect(Instant now) throws InterruptedException {
    try {
      Set<Edge> edges = new HashSet<>();
      for (Row row : api.instant(config.query(), now).rows()) {
        if (edges.size() < MOST) {
          edge(row).ifPresent(edges::add);
        }
      }
      return List.of(new Report.Calls(config.source(), edges));
    } catch (StoreApi.Unavailable | StoreAnswer.Refused e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private Optional<Edge> edge(Row row) {
    try {
      return Optional.of(
          new Edge(
              new ServiceId(row.labels().getOrDefault(config.caller(), "")),
              new ServiceId(row.labels().getOrDefault(config.called(), ""))));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // A user, or something that has no name here.
    }
  }
}
