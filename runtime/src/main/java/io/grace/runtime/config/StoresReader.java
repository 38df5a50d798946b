package io.grace.runtime.config;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading.Alarm;
import io.grace.core.model.SourceId;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what is asked of Prometheus-compatible stores.
final class StoresReader {
  private static final Duration STEP = Duration.ofSeconds(15);

  private final Known known;
  private final Set<SourceId> stores = new HashSet<>();

  StoresReader(Known known) {
    this.known = known;
  }

  StoresConfig read(Cursor root) {
    List<StoreReading> read = root.at("telemetry").at("stores").list(this::store);
    return new StoresConfig(
        read, root.at("slos").list(this::slo), root.at("topology").at("learn").list(this::calls));
  }

  private Optional<StoreReading> store(Cursor c) {
    var id = c.at("name").make(() -> new SourceId(c.at("name").text("")));
    if (id.isPresent() && (id.get().value().equals("slo") || !stores.add(id.get()))) {
      c.at("name")
          .problem("is taken by another store or GRACE itself: " + Shown.text(id.get().value()));
    }
    var signals = c.at("signals").list(this::signal);
    return id.flatMap(name ->
        c.make(() ->
            new StoreReading(
                name,
                URI.create(c.at("url").text("")),
                c.at("token").text(),
                c.at("tenant").text(),
                c.at("timeout").duration(Duration.ofSeconds(10)),
                c.at("services").text("declared").equals("any"),
                c.at("backfill").duration(Duration.ofMinutes(10)),
                signals)));
  }

  private Optional<StoreReading.Signal> signal(Cursor c) {
    if (c.at("service").isThere() && c.at("service_label").isThere()) {
      c.problem("needs at most one of service, service_label");
    }
    Optional<ServiceId> service =
        c.at("service").isThere() ? known.service(c.at("service")) : Optional.empty();
    return c.make(() ->
        new StoreReading.Signal(
            new MetricId(c.at("metric").text("")),
            c.at("query").text(""),
            service,
            c.at("service_label").text("service"),
            c.at("step").duration(STEP),
            c.at("scale").decimal(1)));
  }

  private Optional<SloConfig> slo(Cursor c) {
    var service = known.service(c.at("service"));
    var store = store(c, "store");
    var rules =
        c.at("alerts").isThere() ? c.at("alerts").list(StoresReader::rule) : SloConfig.WORKBOOK;
    return service.flatMap(s ->
        store.flatMap(it ->
            c.make(() ->
                new SloConfig(
                    new SloId(c.at("id").text("")),
                    s,
                    it,
                    c.at("objective").decimal(0),
                    c.at("window").duration(Duration.ofDays(30)),
                    c.at("errors").text(""),
                    c.at("total").text(""),
                    c.at("interval").duration(Duration.ofSeconds(30)),
                    rules))));
  }

  private static Optional<SloConfig.Rule> rule(Cursor c) {
    return c.at("alarm")
        .choice(Alarm.class)
        .flatMap(alarm ->
            c.make(() ->
                new SloConfig.Rule(
                    c.at("burn").decimal(0),
                    c.at("long").duration(Duration.ofHours(1)),
                    c.at("short").duration(Duration.ofMinutes(5)),
                    alarm)));
  }

  private Optional<CallsConfig> calls(Cursor c) {
    return store(c, "store")
        .flatMap(store ->
            c.make(() ->
                new CallsConfig(
                    c.at("source").text(""),
                    store,
                    c.at("query").text(""),
                    c.at("caller").text("client"),
                    c.at("called").text("server"),
                    c.at("interval").duration(Duration.ofMinutes(1)))));
  }

  private Optional<SourceId> store(Cursor c, String member) {
    String name = c.at(member).text("");
    Optional<SourceId> store = stores.stream().filter(s -> s.value().equals(name)).findFirst();
    if (store.isEmpty()) {
      c.at(member).problem("unknown store " + Known.named(name, stores));
    }
    return store;
  }
}
