package io.grace.lab.service;

import static io.grace.lab.service.ServiceName.CACHE;
import static io.grace.lab.service.ServiceName.GATEWAY;
import static io.grace.lab.service.ServiceName.INVENTORY;
import static io.grace.lab.service.ServiceName.ORDERS;
import static io.grace.lab.service.ServiceName.PAYMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistentFaultsTest {
  @TempDir Path root;

  @Test
  void badFlagThrowsForMostItemsUntilItIsOff() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      assertEquals(200, lab.work(GATEWAY, 1));

      lab.post(ORDERS, "/fault/bad-flag");

      assertEquals(500, lab.work(ORDERS, 1));
      assertEquals(502, lab.work(GATEWAY, 1));
      assertEquals(200, lab.work(GATEWAY, 5), "every fifth item has a tier");
      assertEquals(200, lab.work(PAYMENTS, 1), "only orders has the flag on");
      assertEquals(1, lab.metric(ORDERS, "feature_flag{flag=\"new_pricing\"}"));

      lab.restart(ORDERS);
      assertEquals(500, lab.work(ORDERS, 1));
      lab.post(ORDERS, "/admin/breakers/reset");
      lab.post(CACHE, "/admin/cache/warm");
      assertEquals(500, lab.work(ORDERS, 1));

      lab.post(ORDERS, "/admin/flags/new_pricing?state=false");
      awaitWork(lab);
      assertEquals(0, lab.metric(ORDERS, "feature_flag{flag=\"new_pricing\"}"));
    }
  }

  @Test
  void coldCacheIsSlowAtEachHopUntilItIsWarmed() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      assertEquals(200, lab.work(GATEWAY, 1));
      // The very first request may be slow where a process has just begun.
      double[] before = new double[ServiceName.values().length];
      for (ServiceName service : ServiceName.values()) {
        before[service.ordinal()] = lab.slow(service);
      }

      lab.post(CACHE, "/fault/cold-cache");

      assertEquals(200, lab.work(GATEWAY, 1));
      assertEquals(200, lab.work(GATEWAY, 1), "traffic does not warm it");
      for (ServiceName slow : new ServiceName[] {INVENTORY, ORDERS, GATEWAY}) {
        assertEquals(before[slow.ordinal()] + 2, lab.slow(slow), slow.id());
      }
      assertEquals(before[CACHE.ordinal()], lab.slow(CACHE));
      assertEquals(2, lab.metric(INVENTORY, "cache_misses_total"));

      lab.restart(CACHE);
      lab.restart(INVENTORY);
      assertEquals(200, lab.work(INVENTORY, 1));
      assertEquals(1, lab.slow(INVENTORY));
      assertEquals(0, lab.metric(INVENTORY, "cache_hit_ratio"));

      lab.post(INVENTORY, "/admin/cache/warm");
      Lab.await("cache sees it", () -> lab.get(CACHE, "/admin/cache").body().contains("true"));
      assertEquals(200, lab.work(INVENTORY, 1));
      assertEquals(1, lab.slow(INVENTORY));
      assertEquals(0.5, lab.metric(INVENTORY, "cache_hit_ratio"));
    }
  }

  @Test
  void stuckBreakerFailsFastUntilItIsReset() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      assertEquals(200, lab.work(GATEWAY, 1));

      lab.post(ORDERS, "/fault/breaker");

      assertEquals(503, lab.work(ORDERS, 1));
      assertEquals(502, lab.work(GATEWAY, 1));
      assertEquals(200, lab.work(PAYMENTS, 1));
      assertEquals(1, lab.metric(ORDERS, "breaker_open{target=\"payments\"}"));

      lab.restart(ORDERS);
      lab.restart(PAYMENTS);
      assertEquals(503, lab.work(ORDERS, 1));
      lab.post(ORDERS, "/admin/flags/new_pricing?state=false");
      assertEquals(503, lab.work(ORDERS, 1));

      lab.post(ORDERS, "/admin/breakers/reset");
      awaitWork(lab);
      assertEquals(0, lab.metric(ORDERS, "breaker_open{target=\"payments\"}"));
    }
  }

  @Test
  void trippedBreakerClosesByItsOwnProbe() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      lab.post(ORDERS, "/admin/breakers/trip");
      assertEquals(503, lab.work(ORDERS, 1));

      awaitWork(lab);

      assertEquals(0, lab.metric(ORDERS, "breaker_open{target=\"payments\"}"));
    }
  }

  @Test
  void slowStartHoldsForOneStart() throws Exception {
    try (Lab lab = Lab.of(root, PAYMENTS)) {
      lab.post(PAYMENTS, "/fault/slow-start?ms=1500");
      ServiceInstance self = Lab.first(PAYMENTS);
      lab.kill(self);
      Files.delete(lab.dir.log(self));

      lab.launch(self, Map.of());
      Lab.await("it listens", () -> Files.exists(lab.dir.log(self)));

      HttpResponse<String> health = health(Files.readString(lab.dir.log(self)));
      assertEquals(503, health.statusCode());
      assertTrue(health.body().contains("starting"), health.body());
      lab.awaitUp(self);
      assertEquals(200, lab.get(PAYMENTS, "/health").statusCode());
      assertTrue(Files.notExists(lab.dir.slowStart(self)));
    }
  }

  private static HttpResponse<String> health(String log) throws IOException, InterruptedException {
    String port = log.lines().findFirst().orElseThrow().replaceFirst(".* port ", "");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /// A restarted dependency is found again within the half second after which callers read the
  /// registry.
  private static void awaitWork(Lab lab) throws IOException, InterruptedException {
    Lab.await("the gateway serves", () -> lab.work(GATEWAY, 1) == 200);
  }
}
