package io.grace.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.runtime.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessHostTest {
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  @TempDir Path dir;

  private final List<ProcessHost> hosts = new ArrayList<>();

  @AfterEach
  void endEverything() throws InterruptedException {
    for (var host : hosts) {
      for (var service : host.services()) {
        host.stop(service, soon());
      }
    }
  }

  @Test
  void instancesAreFoundAgainAfterGraceWasKilled() throws Exception {
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var grace =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                classPath,
                StartsAndStays.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said =
        new BufferedReader(new InputStreamReader(grace.getInputStream(), StandardCharsets.UTF_8))) {
      assertTrue(String.valueOf(said.readLine()).startsWith("Done["));
    }

    grace.destroyForcibly();
    assertTrue(grace.waitFor(10, TimeUnit.SECONDS));

    var host = host(sleeper(dir, 2));
    var found = host.instances(ORDERS);
    assertEquals(2, found.size());
    assertTrue(found.stream().allMatch(Instance::isAlive));
    assertInstanceOf(Result.Done.class, host.start(ORDERS, "k1", soon()));
    assertEquals(found, host.instances(ORDERS));

    assertInstanceOf(Result.Done.class, host.restart(ORDERS, "k2", soon()));
    assertTrue(found.stream().noneMatch(Instance::isAlive));
    var restarted = host.instances(ORDERS);
    assertEquals(List.of(1, 2), restarted.stream().map(Instance::number).toList());
    assertTrue(restarted.stream().allMatch(Instance::isAlive));
    assertEquals("k2", restarted.getFirst().key());
  }

  @Test
  void hungProcessIsKilledInTime() throws Exception {
    var host =
        host(shell("trap '' TERM; echo deaf; while :; do sleep 30; done", Duration.ofMillis(200)));
    host.start(ORDERS, "k", soon());
    var instance = host.instances(ORDERS).getFirst();
    Await.until("it is deaf", () -> outputOf(host, 1).contains("deaf"));
    var children = instance.process().orElseThrow().descendants().toList();

    long begun = System.nanoTime();
    var result = host.stop(ORDERS, soon());

    assertInstanceOf(Result.Done.class, result);
    assertFalse(instance.isAlive());
    assertTrue(children.stream().noneMatch(ProcessIdentity::isAlive));
    assertTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos());
    assertEquals(List.of(), host.instances(ORDERS));
  }

  @Test
  void aReusedPidIsNotMistakenForTheInstance() throws Exception {
    var host = host(sleeper(dir, 1));
    host.start(ORDERS, "k", soon());
    var real = host.instances(ORDERS).getFirst();
    var file = dir.resolve("state/orders-1.json");
    var text = Files.readString(file);
    Files.writeString(file, text.replace(real.identity(), "another boot/1"));

    assertFalse(host.instances(ORDERS).getFirst().isAlive());
    host.stop(ORDERS, soon());

    assertTrue(real.isAlive());
    Ending.kill(real.process().orElseThrow());
  }

  @Test
  void crashedInstancesAreStartedAgainUnderTheirNumbers() throws Exception {
    var host = host(sleeper(dir, 1));
    host.start(ORDERS, "k1", soon());
    host.scale(ORDERS, 2, "k2", soon());
    var second = host.instances(ORDERS).get(1);
    second.process().orElseThrow().destroyForcibly();
    Await.until("it is dead", () -> !second.isAlive());

    assertInstanceOf(Result.Done.class, host.start(ORDERS, "k3", soon()));

    var instances = host.instances(ORDERS);
    assertEquals(
        List.of("k2", "k3"), instances.stream().skip(1).map(Instance::key).sorted().toList());
    assertTrue(instances.stream().allMatch(Instance::isAlive));
  }

  @Test
  void scalingKeepsToTheBoundsAndEndsTheHighestNumbers() throws Exception {
    var host = host(sleeper(dir, 1));
    host.start(ORDERS, "k1", soon());

    assertInstanceOf(Result.Failed.class, host.scale(ORDERS, -1, "k", soon()));
    assertInstanceOf(Result.Failed.class, host.scale(ORDERS, 0, "k", soon()));
    assertInstanceOf(Result.Failed.class, host.scale(ORDERS, 3, "k", soon()));
    assertEquals(1, host.instances(ORDERS).size());
    assertInstanceOf(Result.Done.class, host.scale(ORDERS, 2, "k", soon()));
    assertEquals(3, host.instances(ORDERS).size());
    assertInstanceOf(Result.Done.class, host.scale(ORDERS, -2, "k", soon()));
    assertEquals(List.of(1), host.instances(ORDERS).stream().map(Instance::number).toList());
  }

  @Test
  void processSeesDeclaredEnvironmentAndKeyAndNothingOfGrace() throws Exception {
    var host = host(shell("env; echo instance {instance}; exec sleep 60", STOP_TIMEOUT));

    host.start(ORDERS, "run-1/step-2/1", soon());

    Await.until("it spoke", () -> outputOf(host, 1).contains("instance 1"));
    var output = outputOf(host, 1);
    assertTrue(output.contains("GRACE_IDEMPOTENCY_KEY=run-1/step-2/1"));
    assertTrue(output.contains("NUMBER=no. 1"));
    assertFalse(output.contains("SUREFIRE") || output.contains("MAVEN_"));
  }

  @Test
  void processIsInASessionOfItsOwn() throws Exception {
    var host = host(sleeper(dir, 1));
    host.start(ORDERS, "k", soon());
    long pid = host.instances(ORDERS).getFirst().pid();

    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));

    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    assertEquals(Long.toString(pid), fields[3], "session");
  }

  @Test
  void whatCannotBeStartedIsRefusedAndChangesNothing() throws Exception {
    var host =
        host(
            command(List.of("no-such-program"), Map.of(), null, 1, STOP_TIMEOUT),
            new ServiceCommand(
                new ServiceId("paid"),
                List.of("sleep", "60"),
                dir,
                Map.of("TOKEN", "${env:SURELY_NOT_SET}"),
                1,
                1,
                STOP_TIMEOUT,
                null));

    assertEquals(false, failed(host.start(ORDERS, "k", soon())).passing());
    assertTrue(
        failed(host.start(new ServiceId("paid"), "k", soon())).detail().contains("SURELY_NOT_SET"));
    assertEquals(List.of(), host.instances(ORDERS));
    assertInstanceOf(Result.Failed.class, host.start(new ServiceId("unknown"), "k", soon()));
  }

  @Test
  void instanceThatEndsAtOnceIsNotReportedAsStarted() throws Exception {
    var host = host(shell("exit 3", STOP_TIMEOUT));

    assertInstanceOf(Result.Unknown.class, host.start(ORDERS, "k", soon()));
  }

  @Test
  void startWaitsUntilTheInstanceAnswers() throws Exception {
    var asked = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ready",
        exchange -> {
          exchange.sendResponseHeaders(asked.incrementAndGet() < 3 ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
    try {
      Files.createDirectories(dir.resolve("registry"));
      var script =
          "echo " + server.getAddress().getPort() + " > registry/orders-{instance}; exec sleep 60";
      var host =
          host(
              command(
                  List.of("sh", "-c", script),
                  Map.of(),
                  "http://127.0.0.1:{port}/ready",
                  1,
                  STOP_TIMEOUT));

      assertInstanceOf(Result.Done.class, host.start(ORDERS, "k", soon()));

      assertEquals(3, asked.get());
      host.stop(ORDERS, soon());
      assertFalse(Files.exists(dir.resolve("registry/orders-1")));
    } finally {
      server.stop(0);
    }
  }

  static ServiceCommand sleeper(Path dir, int min) {
    return new ServiceCommand(
        ORDERS, List.of("sleep", "300"), dir, Map.of(), min, 3, STOP_TIMEOUT, null);
  }

  private ServiceCommand shell(String script, Duration stopTimeout) {
    return command(
        List.of("sh", "-c", script), Map.of("NUMBER", "no. {instance}"), null, 1, stopTimeout);
  }

  private ServiceCommand command(
      List<String> argv,
      Map<String, String> environment,
      @Nullable String readiness,
      int min,
      Duration stopTimeout) {
    return new ServiceCommand(ORDERS, argv, dir, environment, min, 3, stopTimeout, readiness);
  }

  private ProcessHost host(ServiceCommand... commands) throws IOException {
    var host = StartsAndStays.host(dir, commands);
    hosts.add(host);
    return host;
  }

  private static Result.Failed failed(Result result) {
    return assertInstanceOf(Result.Failed.class, result);
  }

  private static String outputOf(ProcessHost host, int number) {
    try {
      return Files.readString(host.output(ORDERS, number));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(20);
  }
}
