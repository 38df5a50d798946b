package io.grace.app.console;

import io.grace.app.Backend;
import io.grace.app.web.HealthViews.ServiceView;
import io.grace.app.web.Inputs;
import io.grace.app.web.Refusal;
import io.grace.app.web.SensingApi;
import io.grace.app.web.SensingViews.EdgeView;
import io.grace.app.web.ServicesApi;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.runtime.foresight.Seen;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// The services: as a table, as a map, and each by itself.
@Controller
public final class FleetPages {
  private final Pages pages;
  private final Backend backend;
  private final ServicesApi services;
  private final SensingApi sensing;

  FleetPages(Pages pages, ServicesApi services, SensingApi sensing) {
    this.pages = pages;
    this.backend = pages.backend();
    this.services = services;
    this.sensing = sensing;
  }

  /// @param callers and calls: how many services
  public record Row(ServiceView service, int callers, int calls, Optional<String> incident) {}

  @GetMapping("/fleet")
  public ResponseEntity<String> fleet(
      @RequestParam @Nullable String q,
      @RequestParam @Nullable String status,
      @RequestParam @Nullable String view,
      HttpServletRequest request) {
    String text = q == null ? "" : q.strip();
    String wanted =
        Inputs.word(
            "status",
            status == null || status.isEmpty() ? null : status,
            "all",
            "critical",
            "degraded",
            "unknown",
            "healthy");
    List<EdgeView> edges = sensing.topology().items();
    Map<String, Integer> callers = new HashMap<>();
    Map<String, Integer> calls = new HashMap<>();
    edges.forEach(e -> {
      calls.merge(e.from(), 1, Integer::sum);
      callers.merge(e.to(), 1, Integer::sum);
    });
    var open = backend.snapshot().openIncidents();
    List<ServiceView> all = services.state(null).items();
    List<Row> rows =
        all.stream()
            .filter(s -> s.service().contains(text))
            .filter(s -> wanted.equals("all") || s.status().equals(wanted))
            .map(s ->
                new Row(
                    s,
                    callers.getOrDefault(s.service(), 0),
                    calls.getOrDefault(s.service(), 0),
                    Optional.ofNullable(open.get(new ServiceId(s.service()))).map(i -> i.value())))
            .toList();
    return pages.page(
        request,
        "fleet",
        "Fleet",
        "fleet",
        Map.of(
            "rows",
            rows,
            "total",
            all.size(),
            "q",
            text,
            "status",
            wanted,
            "view",
            Inputs.word("view", view, "map", "table")));
  }

  public record Node(String id, String status, String group, double x, double y) {}

  public record Call(String from, String to) {}

  /// @param sick how many of them are
  public record Title(String group, int services, long sick, double x, double y) {}

  public record MapView(
      List<Node> nodes, List<Title> titles, List<Call> calls, List<String> groups) {}

  @GetMapping("/fleet/map.json")
  @ResponseBody
  public MapView map() {
    List<EdgeView> edges = sensing.topology().items();
    var layout = new MapLayout(services.state(null).items(), edges);
    var drawn = layout.drawn();
    return new MapView(
        drawn.nodes(),
        drawn.titles(),
        edges.stream().map(e -> new Call(e.from(), e.to())).toList(),
        layout.groups());
  }

  @GetMapping("/fleet/{service}")
  public ResponseEntity<String> service(@PathVariable String service, HttpServletRequest request) {
    ServiceId id = Inputs.service(service);
    ServiceView view = services.state(service).items().getFirst();
    var declared = backend.policy().service(id);
    List<EdgeView> edges = sensing.topology().items();
    var model = new HashMap<String, Object>();
    model.put("service", view);
    model.put("metrics", backend.metrics(id).stream().map(MetricId::value).toList());
    model.put("calls", edges.stream().filter(e -> e.from().equals(service)).toList());
    model.put("callers", edges.stream().filter(e -> e.to().equals(service)).toList());
    model.put("alerts", sensing.alerts(service, null, null).items());
    model.put("changes", sensing.changes(service).items());
    model.put(
        "slos", sensing.slos().items().stream().filter(s -> s.service().equals(service)).toList());
    model.put(
        "mode",
        declared
            .map(d ->
                d.mode()
                    .atMost(backend.policy().ceiling())
                    .name()
                    .toLowerCase(java.util.Locale.ROOT))
            .orElse("observe"));
    model.put("incident", backend.snapshot().openIncident(id).map(i -> i.id().value()));
    return pages.page(request, "service", service, "fleet", model);
  }

  /// @param t seconds since 1970
  public record SeriesView(
      List<Double> t,
      List<@Nullable Double> v,
      List<@Nullable Double> low,
      List<@Nullable Double> middle,
      List<@Nullable Double> high,
      Optional<Double> degraded,
      Optional<Double> critical,
      String unit) {}

  @GetMapping("/series.json")
  @ResponseBody
  public SeriesView series(@RequestParam String service, @RequestParam String metric) {
    MetricId id = Inputs.metric(metric);
    Seen seen =
        backend
            .seen(Inputs.service(service), id)
            .orElseThrow(() ->
                Refusal.notFound(
                    "nothing of " + metric + " of " + service + " is in memory any more"));
    var t = new ArrayList<Double>();
    var v = new ArrayList<@Nullable Double>();
    var low = new ArrayList<@Nullable Double>();
    var middle = new ArrayList<@Nullable Double>();
    var high = new ArrayList<@Nullable Double>();
    for (Seen.Point p : seen.points()) {
      t.add(p.at().toEpochMilli() / 1000.0);
      v.add(Double.isFinite(p.value()) ? (Double) p.value() : null);
      low.add(null);
      middle.add(null);
      high.add(null);
    }
    seen.ahead()
        .ifPresent(ahead ->
            ahead
                .course()
                .forEach(e -> {
                  double at = e.at().toEpochMilli() / 1000.0;
                  if (t.isEmpty() || at > t.getLast()) {
                    t.add(at);
                    v.add(null);
                    low.add(e.low());
                    middle.add(e.middle());
                    high.add(e.high());
                  }
                }));
    Optional<Metric> known = Optional.ofNullable(backend.policy().metrics().get(id));
    return new SeriesView(
        t, v, low, middle, high, known.map(Metric::degraded), known.map(Metric::critical), "");
  }
}
