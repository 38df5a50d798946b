package io.grace.runtime.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Waits until a started instance can work.
final class Readiness {
  /// Without a URL to ask: a process that lives this long did not fail at its first step.
  private static final Duration SETTLING = Duration.ofMillis(300);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
  private static final long POLL_MILLIS = 50;

  private final InstanceRegistry registry;
  private final InstantSource clock;

  Readiness(InstanceRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /// What keeps the instance from working, or empty once it is ready.
  Optional<String> await(ServiceCommand declared, Instance instance, Instant deadline)
      throws InterruptedException {
    long begun = System.nanoTime();
    var client =
        HttpClient.newBuilder()
            .connectTimeout(ANSWER_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    try {
      while (true) {
        if (!instance.isAlive()) {
          return Optional.of(instance + " ended right after its start");
        }
        boolean isReady =
            declared.readiness() == null
                ? System.nanoTime() - begun >= SETTLING.toNanos()
                : answers(client, declared.readiness(), instance);
        if (isReady) {
          return Optional.empty();
        }
        if (!clock.instant().isBefore(deadline)) {
          return Optional.of(instance + " is not ready in time");
        }
        Thread.sleep(POLL_MILLIS);
      }
    } finally {
      client.shutdownNow();
    }
  }

  private boolean answers(HttpClient client, String template, Instance instance)
      throws InterruptedException {
    var url = template.replace("{instance}", Integer.toString(instance.number()));
    if (url.contains("{port}")) {
      var port = registry.port(instance.service(), instance.number());
      if (port.isEmpty()) {
        return false;
      }
      url = url.replace("{port}", port.get().toString());
    }
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER_TIMEOUT).build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode() / 100 == 2;
    } catch (IOException _) {
      return false;
    }
  }
}
