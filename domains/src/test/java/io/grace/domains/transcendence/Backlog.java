package io.grace.domains.transcendence;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.domains.Living;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// A service whose queue grows old until somebody drains it: a file that is there or not.
final class Backlog implements AutoCloseable {
  static final ServiceId ORDERS = new ServiceId("orders");
  static final double SICK = 900;
  private static final double WELL = 10;
  private static final long EVERY_NANOS = 100_000_000;

  private final Path drained;
  private final Living grace;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final Thread telling;

  private Backlog(Path drained, Living grace) {
    this.drained = drained;
    this.grace = grace;
    this.telling = Thread.ofVirtual().start(this::tell);
  }

  static Backlog of(Path directory, Living grace) {
    return new Backlog(file(directory), grace);
  }

  static Path file(Path directory) {
    return directory.resolve("drained");
  }

  /// `grace.yaml` of a team that can drain the queue by a program, and has no playbook for it.
  static String team(Path directory, String domains) {
    return Living.LENIENT
        + """
        metrics: {queue_age_s: {unit: s, direction: higher_is_worse, degraded: 300, critical: 1800}}
        triage: {queue_backlog: queue_age_s > 300}
        services: {orders: {}}
        providers:
          exec:
            - {action: drain_queue, program: /usr/bin/touch, args: ["%s"], services: [orders], impact: low, reversible: false, timeout: 10s}
            - {action: set_pace, program: /bin/true, args: ["--pace", "{pace}"], services: [orders], parameters: {pace: {type: whole, min: 1, max: 10}}, impact: medium, reversible: true, timeout: 10s}
        %s
        """
            .formatted(file(directory), domains);
  }

  /// Nobody drained it yet.
  void grow() throws IOException {
    Files.deleteIfExists(drained);
  }

  void drain() throws IOException {
    Files.createFile(drained);
  }

  private void tell() {
    while (!isOver.get()) {
      double age = Files.exists(drained) ? WELL : SICK;
      grace
          .node()
          .offer(
              List.of(
                  new Signal(ORDERS, new MetricId("queue_age_s"), age, Instant.now(), "backlog")));
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  @Override
  public void close() throws InterruptedException {
    isOver.set(true);
    telling.join();
  }
}
