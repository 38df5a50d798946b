package io.grace.lab.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Alertmanager webhooks at a fixed rate, whatever the answers do: an open model, so that a slow
/// server shows as waiting and not as less load. Ends by itself.
///
/// @param perMinute alerts
/// @param distinctEvery of so many alerts one is new; the others repeat one that was sent before
/// @param perDelivery alerts in one webhook
record AlertStorm(
    URI target, String token, int perMinute, int distinctEvery, int perDelivery, Duration lasts) {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /// Deliveries under way, each on a connection of its own. What has to wait for one is counted as
  /// waiting.
  private static final int MOST_UNDER_WAY = 64;

  /// @param distinct names of the alerts that were new, in the order in which they were sent
  /// @param millis from sending to the answer, which comes once what is news is durable; of
  ///   deliveries with a new alert first
  /// @param refused deliveries that were not answered with 200
  record Outcome(
      List<String> distinct,
      long alerts,
      List<Double> millisNew,
      List<Double> millisRepeated,
      long refused,
      double seconds,
      double worstBehindMillis) {}

  Outcome run() throws InterruptedException {
    int total = (int) (perMinute * lasts.toMillis() / 60_000);
    double nanosApart = 60e9 / perMinute * perDelivery;
    var random = new Random(11);
    List<String> distinct = new ArrayList<>();
    Queue<Double> fresh = new ConcurrentLinkedQueue<>();
    Queue<Double> repeated = new ConcurrentLinkedQueue<>();
    var refused = new LongAdder();
    var room = new Semaphore(MOST_UNDER_WAY);
    double worstBehind = 0;
    long began = System.nanoTime();
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int sent = 0, delivery = 0; sent < total; delivery++) {
        var alerts = new StringBuilder();
        boolean isNew = false;
        for (int i = 0; i < perDelivery && sent < total; i++, sent++) {
          if (sent % distinctEvery == 0) {
            distinct.add("Alert" + distinct.size());
            isNew = true;
          }
          String name =
              sent % distinctEvery == 0
                  ? distinct.getLast()
                  : distinct.get(random.nextInt(distinct.size()));
          alerts.append(i == 0 ? "" : ",").append(alert(name));
        }
        long due = began + (long) (delivery * nanosApart);
        long wait = due - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(wait);
        } else {
          worstBehind = Math.max(worstBehind, -wait / 1e6);
        }
        room.acquire();
        Queue<Double> millis = isNew ? fresh : repeated;
        String body = body(alerts);
        senders.execute(() -> {
          try {
            post(client, body, due, millis, refused);
          } finally {
            room.release();
          }
        });
      }
      senders.shutdown();
      if (!senders.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("answers are missing a minute after the last delivery");
      }
    }
    return new Outcome(
        distinct,
        total,
        List.copyOf(fresh),
        List.copyOf(repeated),
        refused.sum(),
        (System.nanoTime() - began) / 1e9,
        worstBehind);
  }

  /// Counted from when it was due, so that a late start is not hidden (coordinated omission).
  private void post(
      HttpClient client, String body, long due, Queue<Double> millis, LongAdder refused) {
    var request =
        HttpRequest.newBuilder(target)
            .timeout(ANSWER_LIMIT)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      millis.add((System.nanoTime() - due) / 1e6);
      if (status != 200) {
        refused.increment();
      }
    } catch (IOException _) {
      refused.increment();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A delivery that says that a service is slow.
  static String slow(String service) {
    return body(
        """
        {"status":"firing","labels":{"alertname":"Slow","service":"%s","severity":"critical"},\
        "annotations":{},"startsAt":"2026-11-20T10:00:00Z","endsAt":"0001-01-01T00:00:00Z",\
        "generatorURL":"","fingerprint":"1"}\
        """
            .formatted(service));
  }

  private static String alert(String name) {
    int service = Math.floorMod(name.hashCode(), 500);
    return String.format(
        Locale.ROOT,
        """
        {"status":"firing","labels":{"alertname":"%s","service":"storm-%d","severity":"warning",\
        "instance":"10.0.%d.%d:9100","job":"node"},"annotations":{"summary":"%s of storm-%d"},\
        "startsAt":"%s","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus/graph",\
        "fingerprint":"%016x"}\
        """,
        name,
        service,
        service / 250,
        service % 250,
        name,
        service,
        Instant.EPOCH.plus(name.hashCode() & 0xfffff, ChronoUnit.SECONDS),
        (long) name.hashCode());
  }

  private static String body(CharSequence alerts) {
    return """
    {"version":"4","groupKey":"{}:{job=\\"node\\"}","truncatedAlerts":0,"status":"firing",\
    "receiver":"grace","groupLabels":{"job":"node"},"commonLabels":{"job":"node"},\
    "commonAnnotations":{},"externalURL":"http://alertmanager","alerts":[%s]}\
    """
        .formatted(alerts);
  }
}
