package io.grace.lab.service;

import static io.grace.lab.service.ServiceName.CACHE;
import static io.grace.lab.service.ServiceName.PAYMENTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String OFF = "/admin/flags/new_pricing?state=false";

  @TempDir Path root;

  @Test
  void repeatedKeyIsAppliedOnceEvenAcrossARestart() throws Exception {
    try (Lab lab = Lab.of(root, PAYMENTS)) {
      ServiceInstance self = Lab.first(PAYMENTS);
      assertTrue(lab.send(self, OFF, "POST", "k1").body().contains("applied"));
      assertTrue(lab.send(self, OFF, "POST", "k1").body().contains("\"repeated\":true"));
      lab.restart(PAYMENTS);
      lab.post(PAYMENTS, "/fault/bad-flag");

      assertTrue(lab.send(self, OFF, "POST", "k1").body().contains("\"repeated\":true"));

      assertTrue(lab.get(PAYMENTS, "/admin/flags/new_pricing").body().contains("true"));
      assertEquals(
          List.of(
              "payments-1 start -", "payments-1 flag:new_pricing=false k1", "payments-1 start -"),
          lab.effects());
    }
  }

  @Test
  void keyIsSharedByTheInstancesOfAService() throws Exception {
    try (Lab lab = Lab.of(root, CACHE, PAYMENTS)) {
      ServiceInstance second = new ServiceInstance(PAYMENTS, 2);
      lab.launch(second, Map.of(LabService.KEY_VARIABLE, "start-key"));
      lab.awaitUp(second);
      lab.send(Lab.first(PAYMENTS), OFF, "POST", "k1");

      assertTrue(lab.send(second, OFF, "POST", "k1").body().contains("\"repeated\":true"));
      assertTrue(lab.send(Lab.first(CACHE), OFF, "POST", "k1").body().contains("applied"));
      assertTrue(lab.effects().contains("payments-2 start start-key"), lab.effects().toString());
    }
  }

  @Test
  void keyOfAnotherEffectIsRefused() throws Exception {
    EffectsLog log = log();
    log.once("a", Optional.of("k"), NOW, () -> {});

    assertEquals(EffectsLog.Outcome.CLASHED, log.once("b", Optional.of("k"), NOW, () -> {}));
  }

  @Test
  void withoutAKeyEveryCallIsApplied() throws Exception {
    EffectsLog log = log();
    AtomicInteger applied = new AtomicInteger();

    log.once("a", Optional.empty(), NOW, applied::incrementAndGet);
    log.once("a", Optional.empty(), NOW, applied::incrementAndGet);

    assertEquals(2, applied.get());
  }

  @Test
  void halfALineIsNotContinued() throws Exception {
    log().once("a", Optional.of("k1"), NOW, () -> {});
    Files.writeString(root.resolve("effects.log"), "17000", StandardOpenOption.APPEND);

    EffectsLog again = log();
    again.once("b", Optional.of("k2"), NOW, () -> {});

    assertEquals(EffectsLog.Outcome.REPEATED, again.once("a", Optional.of("k1"), NOW, () -> {}));
    List<String> lines = Files.readAllLines(root.resolve("effects.log"));
    assertEquals(3, lines.size());
    assertEquals("1767323045000000\tpayments-1\tb\tk2", lines.getLast());
  }

  @Test
  void onlySoManyKeysAreRemembered() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i <= EffectsLog.MAX_KEYS; i++) {
      lines.append("1\tpayments-1\ta\tk").append(i).append('\n');
    }
    Files.writeString(root.resolve("effects.log"), lines);

    EffectsLog log = log();

    assertEquals(EffectsLog.Outcome.REPEATED, log.once("a", Optional.of("k1"), NOW, () -> {}));
    assertEquals(EffectsLog.Outcome.APPLIED, log.once("a", Optional.of("k0"), NOW, () -> {}));
  }

  private EffectsLog log() throws Exception {
    return new EffectsLog(new LabDir(root), new ServiceInstance(PAYMENTS, 1));
  }
}
