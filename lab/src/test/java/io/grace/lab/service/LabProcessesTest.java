package io.grace.lab.service;

import static io.grace.lab.service.ServiceName.CACHE;
import static io.grace.lab.service.ServiceName.GATEWAY;
import static io.grace.lab.service.ServiceName.ORDERS;
import static io.grace.lab.service.ServiceName.PAYMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabProcessesTest {
  @TempDir Path root;

  @Test
  void servicesAndLoadEndWithTheirParent() throws Exception {
    LabDir dir = LabDir.prepare(root);
    Path classpath = ServiceCommand.classpath();
    Process parent = Lab.start(List.of("sleep", "60"), Map.of());
    ServiceInstance self = Lab.first(CACHE);
    Process service =
        Lab.start(ServiceCommand.service(classpath, self, root, 0, parent.pid()), Map.of());
    Process load =
        Lab.start(
            ServiceCommand.load(classpath, root, 1, Duration.ofSeconds(60), parent.pid()),
            Map.of());
    try {
      Lab.await("it is up", () -> Files.exists(dir.registry(self)));

      parent.destroyForcibly();

      assertTrue(service.waitFor(5, TimeUnit.SECONDS), "the service lives on");
      assertTrue(load.waitFor(5, TimeUnit.SECONDS), "the load lives on");
    } finally {
      parent.destroyForcibly();
      service.destroyForcibly();
      load.destroyForcibly();
    }
  }

  @Test
  void orderlyStopLeavesTheRegistry() throws Exception {
    try (Lab lab = Lab.of(root, CACHE)) {
      lab.process(CACHE).destroy();

      assertTrue(lab.process(CACHE).waitFor(5, TimeUnit.SECONDS));
      assertTrue(Files.notExists(lab.dir.registry(Lab.first(CACHE))));
      assertTrue(Files.notExists(lab.dir.pid(Lab.first(CACHE))));
    }
  }

  @Test
  void callersPassOverAnInstanceThatRefuses() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      ServiceInstance second = new ServiceInstance(PAYMENTS, 2);
      lab.launch(second, Map.of());
      lab.awaitUp(second);
      // Makes sure that orders knows of both before one goes.
      Lab.await("orders calls both", () -> lab.work(ORDERS, 1) == 200 && counted(lab, second) > 0);

      lab.kill(Lab.first(PAYMENTS));

      for (int item = 0; item < 6; item++) {
        assertEquals(200, lab.work(ORDERS, item));
      }
    }
  }

  private static double counted(Lab lab, ServiceInstance instance)
      throws IOException, InterruptedException {
    String body = lab.send(instance, "/metrics", "GET", "").body();
    return body.contains("http_requests_total{code=\"2xx\"} 0\n") ? 0 : 1;
  }

  @Test
  void loadStopsByItselfAndSaysOneLine() throws Exception {
    try (Lab lab = Lab.of(root, ServiceName.values())) {
      assertEquals(200, lab.work(GATEWAY, 1));
      Process load =
          new ProcessBuilder(
                  ServiceCommand.load(
                      ServiceCommand.classpath(),
                      lab.dir.root(),
                      20,
                      Duration.ofSeconds(1),
                      ProcessHandle.current().pid()))
              .start();

      assertTrue(load.waitFor(15, TimeUnit.SECONDS));

      String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(said.startsWith("load ok=20 failed=0 dropped=0 p50_ms="), said);
      assertEquals(1, said.lines().count());
    }
  }

  @Test
  void unknownOptionIsRefused() {
    String[] args = {"--nmae", "orders"};

    var error =
        assertThrows(IllegalArgumentException.class, () -> Options.parse(args, Set.of("name")));

    assertEquals("option must be one of [name]: --nmae", error.getMessage());
  }

  @Test
  void logLevelFallsBackWhenItsTimeIsUp() throws Exception {
    try (Lab lab = Lab.of(root, PAYMENTS)) {
      lab.post(PAYMENTS, "/admin/loglevel?level=DEBUG&ttl_min=1");
      lab.work(PAYMENTS, 1);
      assertEquals(1, lab.metric(PAYMENTS, "log_level{level=\"DEBUG\"}"));
      assertTrue(Files.readString(lab.dir.log(Lab.first(PAYMENTS))).contains("DEBUG work 200"));

      LabDir.write(root.resolve("loglevel/payments"), "DEBUG\t1000");

      Lab.await("it is over", () -> lab.metric(PAYMENTS, "log_level{level=\"INFO\"}") == 1);
    }
  }
}
