package io.grace.lab.chaos;

import io.grace.lab.demo.GraceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// A person's approval that is under way while GRACE is killed. *Thread-safe.*
final class Approval {
  private final Thread thread;
  private volatile boolean isConfirmed;

  private Approval(GraceProcess grace, String run, String hash) {
    this.thread = Thread.ofVirtual().unstarted(() -> send(grace, run, hash));
  }

  static Approval begin(GraceProcess grace, String run) throws IOException, InterruptedException {
    var approval = new Approval(grace, run, hash(grace, run));
    approval.thread.start();
    return approval;
  }

  static void give(GraceProcess grace, String run) throws IOException, InterruptedException {
    post(grace, run, hash(grace, run));
  }

  /// Whether GRACE confirmed it before it died.
  boolean isAcknowledged(Duration limit) throws InterruptedException {
    thread.join(limit);
    return isConfirmed;
  }

  private void send(GraceProcess grace, String run, String hash) {
    try {
      post(grace, run, hash);
      isConfirmed = true;
    } catch (IOException _) {
      // Killed before it answered: it may have been recorded or not.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String hash(GraceProcess grace, String run)
      throws IOException, InterruptedException {
    return grace.get("/api/runs/" + run).path("hash").asString();
  }

  private static void post(GraceProcess grace, String run, String hash)
      throws IOException, InterruptedException {
    grace.post(
        "/api/runs/" + run + "/approve",
        Map.of("hash", hash, "scope", "plan", "reason", "kill drill"));
  }
}
