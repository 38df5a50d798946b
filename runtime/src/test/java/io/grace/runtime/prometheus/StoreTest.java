package io.grace.runtime.prometheus;

import static io.grace.runtime.prometheus.FakeStore.row;
import static io.grace.runtime.prometheus.FakeStore.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Edge;
import io.grace.core.model.MetricId;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading.Alarm;
import io.grace.core.model.SourceId;
import io.grace.runtime.config.CallsConfig;
import io.grace.runtime.config.SloConfig;
import io.grace.runtime.config.StoreReading;
import io.grace.runtime.http.Breaker;
import io.grace.runtime.http.Exchange;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is asked of a store, and what its answers and failures come to.
class StoreTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_795_500_000);
  private static final ServiceId ORDERS = new ServiceId("orders");

  private final HttpClient client = Exchange.newClient();
  private Instant clock = NOW;
  private FakeStore fake;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeStore();
  }

  @AfterEach
  void stop() {
    fake.close();
    client.close();
  }

  // ---- signals

  @Test
  void seriesOfDeclaredServicesBecomeSignalsThatSayWhatWasAsked() throws Exception {
    fake.answers.put(
        "q", new FakeStore.Answer(200, vector(row("orders", "0.25"), row("stranger", "1"))));
    var source = signals(signal("q", 1000));

    List<Signal> found = source.collect(NOW);

    assertEquals(1, found.size());
    assertEquals(250, found.getFirst().value());
    assertEquals("promql main: q", found.getFirst().source());
    assertEquals(1, source.strangers());
  }

  @Test
  void whatIsNoNumberOrNoNameIsLeftOut() throws Exception {
    fake.answers.put(
        "q",
        new FakeStore.Answer(
            200,
            vector(row("orders", "NaN"), row("orders", "+Inf"), row("../x", "1"), row("", "2"))));

    assertEquals(List.of(), signals(signal("q", 1)).collect(NOW));
  }

  @Test
  void wrongQueryDoesNotHideTheOthers() throws Exception {
    fake.answers.put("good", new FakeStore.Answer(200, vector(row("orders", "1"))));
    var source = signals(signal("bad", 1), signal("good", 1));

    assertEquals(1, source.collect(NOW).size());
  }

  @Test
  void partialAnswerIsUsedAndSaid() throws Exception {
    fake.answers.put(
        "q",
        new FakeStore.Answer(
            200,
            vector(row("orders", "1"))
                .replace("}]}}", "}]},\"warnings\":[\"one store is away\"]}")));

    Signal signal = signals(signal("q", 1)).collect(NOW).getFirst();

    assertTrue(signal.source().endsWith("(partial)"), signal::source);
  }

  @Test
  void historyComesOnceAndFirst() throws Exception {
    var reading = fake.reading(List.of(signal("q", 1)));
    var filled =
        new StoreReading(
            reading.id(),
            reading.url(),
            reading.token(),
            reading.tenant(),
            reading.timeout(),
            false,
            Duration.ofMinutes(10),
            reading.signals());
    fake.answers.put(
        "q",
        new FakeStore.Answer(
            200,
            """
            {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"service":"orders"},\
            "values":[[1795499000,"1"],[1795499015,"2"]]}]}}\
            """));
    var source = new StoreSignals("s", filled, filled.signals(), api(filled), Set.of(ORDERS));

    assertEquals(
        4, source.collect(NOW).size(), "history and the newest, as the fake has one answer");
    assertEquals(2, source.collect(NOW).size());
  }

  // ---- patience

  @Test
  void storeThatAsksForPatienceIsLeftAloneForSoLong() throws Exception {
    fake.answers.put(
        "q", new FakeStore.Answer(429, Map.of("Retry-After", "30"), "", Duration.ZERO));
    var source = signals(signal("q", 1));

    assertThrows(IllegalStateException.class, () -> source.collect(NOW));
    clock = NOW.plusSeconds(29);
    assertThrows(IllegalStateException.class, () -> source.collect(clock));
    assertEquals(1, fake.asked.size());
    fake.answers.put("q", new FakeStore.Answer(200, vector(row("orders", "1"))));
    clock = NOW.plusSeconds(31);

    assertEquals(1, source.collect(clock).size());
  }

  @Test
  void storeThatDoesNotAnswerInTimeIsAskedLessAndLessOften() throws Exception {
    fake.answers.put("q", new FakeStore.Answer(200, Map.of(), vector(), Duration.ofSeconds(2)));
    var source = signals(signal("q", 1));
    for (int second = 0; second < 60; second++) {
      clock = NOW.plusSeconds(second);
      try {
        source.collect(clock);
      } catch (IllegalStateException _) {
        // As it should.
      }
    }

    assertTrue(fake.asked.size() <= 7, "asked " + fake.asked.size() + " times in a minute");
  }

  @Test
  void deadStoreIsASickNode() throws Exception {
    var reading = fake.reading(List.of());
    var heartbeat = new StoreHeartbeat(reading.id(), api(reading));
    fake.answers.put("vector(1)", new FakeStore.Answer(200, vector(row("", "1"))));

    assertEquals(1, heartbeat.collect(NOW).getFirst().value());
    fake.close();
    clock = NOW.plusSeconds(600);

    Signal dead = heartbeat.collect(clock).getFirst();
    assertEquals(0, dead.value());
    assertEquals(new ServiceId("source.main"), dead.service());
  }

  @Test
  void anyAnswerIsReadOrRefused() {
    String seed = vector(row("orders", "1"), row("stock", "2.5e3"));
    for (int n = 0; n < 3_000; n++) {
      var random = new Random(n);
      var text = new StringBuilder(seed);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setLength(at + 1);
          case 1 -> text.insert(at, "{[\"}],:\\\u0000null".charAt(random.nextInt(13)));
          default -> text.setCharAt(at, (char) random.nextInt(0x300));
        }
      }
      try {
        StoreAnswer.parse(text.toString());
      } catch (StoreAnswer.Refused _) {
        // As it should.
      }
    }
  }

  // ---- calls

  @Test
  void pairsOfNamesAreCalls() throws Exception {
    fake.answers.put(
        "graph",
        new FakeStore.Answer(
            200,
            """
            {"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"client":"gateway","server":"orders"},"value":[1,"3"]},
            {"metric":{"client":"user","server":"user"},"value":[1,"3"]},
            {"metric":{"server":"orders"},"value":[1,"3"]}]}}\
            """));
    var reader =
        new CallsReader(
            new CallsConfig(
                "service graph",
                new SourceId("main"),
                "graph",
                "client",
                "server",
                Duration.ofMinutes(1)),
            api(fake.reading(List.of())));

    assertEquals(
        List.of(
            new Report.Calls("service graph", Set.of(new Edge(new ServiceId("gateway"), ORDERS)))),
        reader.collect(NOW));
  }

  // ---- objectives

  @Test
  void burnRatesAreThoseOfTheWorkbook() {
    SloConfig slo = slo(SloConfig.WORKBOOK);
    var ratios = new HashMap<Duration, Double>();
    BurnRates.windows(slo).forEach(w -> ratios.put(w, 0.0));
    ratios.put(Duration.ofHours(1), 0.0144);
    ratios.put(Duration.ofMinutes(5), 0.0143);
    assertEquals(Alarm.NONE, BurnRates.reading(slo, ratios, NOW).alarm(), "it burns no more");

    ratios.put(Duration.ofMinutes(5), 0.0144);
    assertEquals(Alarm.PAGE, BurnRates.reading(slo, ratios, NOW).alarm());
    ratios.put(Duration.ofHours(1), 0.0);
    ratios.put(Duration.ofDays(3), 0.001);
    ratios.put(Duration.ofHours(6), 0.001);
    assertEquals(Alarm.TICKET, BurnRates.reading(slo, ratios, NOW).alarm());
  }

  @Test
  void budgetIsWhatTheWindowLeaves() {
    var ratios = Map.of(Duration.ofDays(30), 0.00025);

    assertEquals(0.75, BurnRates.reading(slo(SloConfig.WORKBOOK), ratios, NOW).budgetLeft(), 1e-9);
  }

  @Test
  void objectiveIsAskedForAndRings() throws Exception {
    var rules =
        List.of(new SloConfig.Rule(2, Duration.ofSeconds(60), Duration.ofSeconds(10), Alarm.PAGE));
    SloConfig slo = slo(rules);
    for (String window : List.of("10s", "60s", "2592000s")) {
      fake.answers.put("errors[" + window + "]", new FakeStore.Answer(200, vector(row("", "5"))));
      fake.answers.put("total[" + window + "]", new FakeStore.Answer(200, vector(row("", "100"))));
    }

    List<Report> reports = new SloReader(slo, api(fake.reading(List.of()))).collect(NOW);

    assertEquals(Alarm.PAGE, ((Report.Slo) reports.getFirst()).reading().alarm());
    assertEquals(ORDERS, ((Report.Firing) reports.get(1)).alert().service());
  }

  @Test
  void withoutTrafficNothingBurns() throws Exception {
    var rules =
        List.of(new SloConfig.Rule(2, Duration.ofSeconds(60), Duration.ofSeconds(10), Alarm.PAGE));
    for (String window : List.of("10s", "60s", "2592000s")) {
      fake.answers.put("total[" + window + "]", new FakeStore.Answer(200, vector()));
    }

    List<Report> reports = new SloReader(slo(rules), api(fake.reading(List.of()))).collect(NOW);

    assertEquals(1, ((Report.Slo) reports.getFirst()).reading().budgetLeft());
    assertTrue(reports.get(1) instanceof Report.Ended);
  }

  private static SloConfig slo(List<SloConfig.Rule> rules) {
    return new SloConfig(
        new SloId("checkout"),
        ORDERS,
        new SourceId("main"),
        0.999,
        Duration.ofDays(30),
        "errors[$window]",
        "total[$window]",
        Duration.ofSeconds(30),
        rules);
  }

  private StoreSignals signals(StoreReading.Signal... signals) {
    var reading = fake.reading(List.of(signals));
    return new StoreSignals("s", reading, reading.signals(), api(reading), Set.of(ORDERS));
  }

  private static StoreReading.Signal signal(String query, double scale) {
    return new StoreReading.Signal(
        new MetricId("latency_ms"),
        query,
        Optional.empty(),
        "service",
        Duration.ofSeconds(1),
        scale);
  }

  private StoreApi api(StoreReading reading) {
    return new StoreApi(reading, client, _ -> Optional.empty(), () -> clock, new Breaker());
  }
}
