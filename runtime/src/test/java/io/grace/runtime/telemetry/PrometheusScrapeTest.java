package io.grace.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.runtime.Loopback;
import io.grace.runtime.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusScrapeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final HttpClient client = Exchange.newClient();
  private final Map<URI, String> pages = new HashMap<>();
  private final List<Loopback> servers = new ArrayList<>();
  private final List<URI> instances = new ArrayList<>();
  private int round;

  @AfterEach
  void stop() {
    servers.forEach(Loopback::close);
    client.close();
  }

  @Test
  void ratioIsOfIncreasesSummedOverInstances() throws Exception {
    var one = instance();
    var two = instance();
    var scrape =
        scrape(
            new Derivation.Ratio(
                id("error_ratio"),
                Selector.parse("req_total{code=~\"5..\"}"),
                Selector.parse("req_total"),
                1));
    pages.put(one, "req_total{code=\"200\"} 100\nreq_total{code=\"500\"} 90\n");
    pages.put(two, "req_total{code=\"200\"} 100\n");
    assertEquals(Map.of(), collect(scrape));

    pages.put(one, "req_total{code=\"200\"} 150\nreq_total{code=\"500\"} 100\n");
    pages.put(two, "req_total{code=\"200\"} 130\nreq_total{code=\"503\"} 10\n");
    assertEquals(Map.of("error_ratio", 0.2), collect(scrape));

    assertEquals(Map.of(), collect(scrape), "no traffic");
  }

  @Test
  void resetCounterCountsFromZero() throws Exception {
    var one = instance();
    var scrape = scrape(new Derivation.Rate(id("rps"), Selector.parse("req_total"), 1));
    pages.put(one, "req_total 1000\n");
    collect(scrape);
    pages.put(one, "req_total 40\n");

    assertEquals(Map.of("rps", 4.0), collect(scrape));
  }

  @Test
  void newInstanceOnlySetsItsBaseline() throws Exception {
    var one = instance();
    var scrape = scrape(new Derivation.Rate(id("rps"), Selector.parse("req_total"), 1));
    pages.put(one, "req_total 10\n");
    collect(scrape);
    pages.put(instance(), "req_total 1000000\n");
    pages.put(one, "req_total 20\n");

    assertEquals(Map.of("rps", 1.0), collect(scrape));
  }

  @Test
  void instanceThatDoesNotAnswerIsLeftOut() throws Exception {
    instances.add(Loopback.nobody());
    var one = instance();
    var scrape =
        scrape(
            new Derivation.Gauge(
                id("queue"), Selector.parse("queue_length"), 1, Derivation.Combine.SUM));
    pages.put(one, "queue_length 7\n");

    assertEquals(Map.of("queue", 7.0), collect(scrape));
  }

  @Test
  void gaugesAreCombinedAndScaled() throws Exception {
    pages.put(instance(), "heap{area=\"old\"} 0.5\nheap{area=\"new\"} 0.9\n");
    pages.put(instance(), "heap{area=\"old\"} 0.1\n");
    var old = Selector.parse("heap{area=\"old\"}");
    var scrape =
        scrape(
            new Derivation.Gauge(id("sum"), old, 100, Derivation.Combine.SUM),
            new Derivation.Gauge(id("mean"), old, 100, Derivation.Combine.MEAN),
            new Derivation.Gauge(id("max"), old, 100, Derivation.Combine.MAX),
            new Derivation.Gauge(id("none"), Selector.parse("absent"), 1, Derivation.Combine.SUM));

    assertEquals(Map.of("sum", 60.0, "mean", 30.0, "max", 50.0), collect(scrape));
  }

  @Test
  void quantileIsInterpolatedAndScaled() throws Exception {
    var one = instance();
    var scrape =
        scrape(new Derivation.Quantile(id("p90"), Selector.parse("took{path=\"/\"}"), 0.9, 1000));
    pages.put(one, buckets(100, 100, 100, 100));
    collect(scrape);
    pages.put(one, buckets(150, 180, 200, 200));

    // 90 of 100 is half-way from the 80th, at 0.1 s, to the 100th, at 0.5 s.
    assertEquals(Map.of("p90", 300.0), collect(scrape));
    assertEquals(Map.of(), collect(scrape), "no traffic");
  }

  @Test
  void malformedPageGivesNothingAndIsAnError() throws Exception {
    pages.put(instance(), "queue_length 7\nqueue{\n");
    var scrape =
        scrape(
            new Derivation.Gauge(
                id("queue"), Selector.parse("queue_length"), 1, Derivation.Combine.SUM));

    var thrown = assertThrows(IllegalStateException.class, () -> collect(scrape));
    assertEquals(true, thrown.toString().contains("line 2"));
  }

  @Test
  void selectorIsReadAsInPromQl() {
    var selector =
        Selector.parse(
            "http:req_total{ status=~\"5..|4\\\\d\\\\d\" , path!=\"/a\\\"b\", x=\"\", }");

    assertEquals(true, selector.admits(series(Map.of("status", "503"))));
    assertEquals(true, selector.admits(series(Map.of("status", "404"))));
    assertEquals(false, selector.admits(series(Map.of("status", "1503"))));
    assertEquals(false, selector.admits(series(Map.of("status", "503", "path", "/a\"b"))));
    assertEquals(false, selector.admits(series(Map.of("status", "503", "x", "y"))));
    for (var wrong :
        List.of("", "a{", "a{b}", "a{b=c}", "a{b=\"c\" d=\"e\"}", "a b", "a{b=\"c\"}}")) {
      assertThrows(IllegalArgumentException.class, () -> Selector.parse(wrong), wrong);
    }
  }

  private static Series series(Map<String, String> labels) {
    return new Series("http:req_total", labels);
  }

  private static String buckets(int first, int second, int third, int all) {
    return """
    took_bucket{path="/",le="0.05"} %d
    took_bucket{path="/",le="0.1"} %d
    took_bucket{path="/",le="0.5"} %d
    took_bucket{path="/",le="+Inf"} %d
    took_bucket{path="/other",le="+Inf"} 9999
    """
        .formatted(first, second, third, all);
  }

  private URI instance() throws IOException {
    var server =
        new Loopback(exchange ->
            Loopback.answering(
                    200, pages.getOrDefault(URI.create("http:/" + exchange.getLocalAddress()), ""))
                .handle(exchange));
    servers.add(server);
    instances.add(server.uri());
    return server.uri();
  }

  private PrometheusScrape scrape(Derivation... derivations) {
    var watch =
        new Watch("scrape", new ServiceId("orders"), Duration.ofSeconds(10), Duration.ofSeconds(5));
    return new PrometheusScrape(
        watch, () -> List.copyOf(instances), "/metrics", List.of(derivations), client);
  }

  /// One round, ten seconds after the one before.
  private Map<String, Double> collect(PrometheusScrape scrape) throws InterruptedException {
    var found = new TreeMap<String, Double>();
    for (Signal signal : scrape.collect(NOW.plusSeconds(10L * round++))) {
      found.put(signal.metric().value(), Math.round(signal.value() * 1e9) / 1e9);
    }
    return found;
  }

  private static MetricId id(String metric) {
    return new MetricId(metric);
  }
}
