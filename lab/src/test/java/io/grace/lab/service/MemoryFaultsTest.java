package io.grace.lab.service;

import static io.grace.lab.service.ServiceName.GATEWAY;
import static io.grace.lab.service.ServiceName.ORDERS;
import static io.grace.lab.service.ServiceName.PAYMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFaultsTest {
  @TempDir Path root;

  @Test
  void crashedServiceFailsItsCallersUntilItIsStarted() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      assertEquals(200, lab.work(GATEWAY, 1));

      assertEquals(200, lab.post(PAYMENTS, "/fault/crash").statusCode());

      assertTrue(lab.process(PAYMENTS).waitFor(5, TimeUnit.SECONDS));
      assertEquals(137, lab.process(PAYMENTS).exitValue());
      assertEquals(502, lab.work(ORDERS, 1));
      assertEquals(502, lab.work(GATEWAY, 1));

      lab.restart(PAYMENTS);
      Lab.await("the gateway serves", () -> lab.work(GATEWAY, 1) == 200);
    }
  }

  @Test
  void hungServiceAnswersNothingUntilItIsRestarted() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      lab.post(PAYMENTS, "/fault/hang");

      assertEquals(502, lab.work(ORDERS, 1), "orders gives up after 2 s");
      assertThrows(HttpTimeoutException.class, () -> lab.get(PAYMENTS, "/health"));
      assertTrue(lab.process(PAYMENTS).isAlive());

      lab.restart(PAYMENTS);
      Lab.await("the gateway serves", () -> lab.work(GATEWAY, 1) == 200);
      assertEquals(200, lab.get(PAYMENTS, "/health").statusCode());
    }
  }

  @Test
  void latencyAndErrorsLastUntilARestart() throws Exception {
    try (Lab lab = Lab.of(root, PAYMENTS)) {
      lab.post(PAYMENTS, "/fault/errors?ratio=1");
      assertEquals(500, lab.work(PAYMENTS, 1));
      assertEquals(200, lab.get(PAYMENTS, "/health").statusCode());
      lab.restart(PAYMENTS);
      assertEquals(200, lab.work(PAYMENTS, 1));

      lab.post(PAYMENTS, "/fault/latency?ms=1100");
      assertEquals(200, lab.work(PAYMENTS, 1));
      assertEquals(1, lab.slow(PAYMENTS));
      lab.restart(PAYMENTS);
      assertEquals(200, lab.work(PAYMENTS, 1));
      assertEquals(0, lab.slow(PAYMENTS));
    }
  }

  @Test
  void deleteEndsTheFaultsInMemory() throws Exception {
    try (Lab lab = Lab.of(root, PAYMENTS)) {
      lab.post(PAYMENTS, "/fault/errors?ratio=1");
      lab.post(PAYMENTS, "/fault/hang");

      lab.send(Lab.first(PAYMENTS), "/fault", "DELETE", "");

      assertEquals(200, lab.work(PAYMENTS, 1));
    }
  }

  @Test
  void leakFillsTheHeapUntilTheProcessEnds() throws Exception {
    try (Lab lab = Lab.of(root, PAYMENTS)) {
      lab.post(PAYMENTS, "/fault/leak?mb_per_s=16");

      AtomicReference<Double> most = new AtomicReference<>(0.0);
      Lab.await("it is out of heap", () -> dies(lab, most));

      assertEquals(3, lab.process(PAYMENTS).exitValue());
      assertTrue(most.get() > 0.7, "heap was seen at most at " + most);
      lab.restart(PAYMENTS);
      assertEquals(200, lab.get(PAYMENTS, "/health").statusCode());
    }
  }

  private static boolean dies(Lab lab, AtomicReference<Double> most) throws InterruptedException {
    try {
      double used = lab.metric(PAYMENTS, "jvm_heap_used_ratio");
      most.accumulateAndGet(used, Math::max);
    } catch (IOException _) {
      // It may end in the middle of an answer.
    }
    return !lab.process(PAYMENTS).isAlive();
  }

  @Test
  void unknownFaultOrParameterIsRefused() throws Exception {
    try (Lab lab = Lab.of(root, PAYMENTS)) {
      assertEquals(404, lab.post(PAYMENTS, "/fault/meteor").statusCode());
      assertEquals(404, lab.post(PAYMENTS, "/fault/breaker").statusCode());
      assertEquals(400, lab.post(PAYMENTS, "/fault/errors?ratio=1.5").statusCode());
      assertEquals(400, lab.post(PAYMENTS, "/fault/latency?ms=1&s=2").statusCode());
      assertEquals(404, lab.post(PAYMENTS, "/admin/flags/other?state=true").statusCode());
      assertEquals(400, lab.post(PAYMENTS, "/admin/flags/new_pricing?state=on").statusCode());
      assertEquals(400, lab.post(PAYMENTS, "/admin/loglevel?level=TRACE").statusCode());
    }
  }
}
