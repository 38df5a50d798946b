package io.grace.runtime.process;

import static io.grace.core.govern.Warrants.action;
import static io.grace.core.govern.Warrants.warrant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.grace.core.model.Argument;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider.Result;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessProviderTest {
  private static final ServiceId ORDERS = new ServiceId("orders");

  @TempDir Path dir;

  private ProcessHost host;
  private ProcessProvider provider;

  @BeforeEach
  void setUp() throws Exception {
    host = StartsAndStays.host(dir, ProcessHostTest.sleeper(dir, 1));
    provider = new ProcessProvider(host, KeyLog.open(dir.resolve("keys.log")));
  }

  @AfterEach
  void endEverything() throws Exception {
    host.stop(ORDERS, Instant.now().plusSeconds(20));
  }

  @Test
  void repeatedKeyIsNotPerformedAgain() throws Exception {
    perform("k1", "start_service", Map.of());
    perform("k2", "scale_instances", Map.of("min_delta", new Argument.Whole(1)));

    var again = perform("k2", "scale_instances", Map.of("min_delta", new Argument.Whole(1)));

    assertInstanceOf(Result.Done.class, again);
    assertEquals(2, host.instances(ORDERS).size());
  }

  @Test
  void everyDeclaredActionIsPerformed() throws Exception {
    for (var spec : provider.actions()) {
      var arguments =
          spec.parameters().isEmpty()
              ? Map.<String, Argument>of()
              : Map.<String, Argument>of("min_delta", new Argument.Whole(1));
      assertInstanceOf(Result.class, perform("start-" + spec.name(), "start_service", Map.of()));
      assertInstanceOf(Result.Done.class, perform(spec.name(), spec.name(), arguments));
    }
  }

  @Test
  void undeclaredActionTargetAndArgumentAreRefused() throws Exception {
    assertInstanceOf(Result.Failed.class, perform("k", "format_disk", Map.of()));
    assertInstanceOf(
        Result.Failed.class,
        perform("k", "scale_instances", Map.of("min_delta", new Argument.Whole(4))));
    assertInstanceOf(
        Result.Failed.class,
        provider.perform(warrant("k", action("start_service", "billing", Map.of()), soon())));
  }

  @Test
  void expiredWarrantChangesNothing() throws Exception {
    var late =
        provider.perform(warrant("k", action("start_service", "orders", Map.of()), Instant.EPOCH));

    assertInstanceOf(Result.Failed.class, late);
    assertEquals(0, host.instances(ORDERS).size());
  }

  private Result perform(String key, String name, Map<String, Argument> arguments)
      throws InterruptedException {
    return provider.perform(warrant(key, action(name, "orders", arguments), soon()));
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(20);
  }
}
