package io.grace.lab.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A lab of real processes for one test. Owned by the test's thread.
final class Lab implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Two of a lab's hops and some, so that the lab's own time-outs speak first.
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  final LabDir dir;
  private final Map<ServiceInstance, Process> running = new HashMap<>();

  private Lab(Path root) throws IOException {
    dir = LabDir.prepare(root);
  }

  /// Starts the first instance of each.
  static Lab of(Path root, ServiceName... services) throws IOException, InterruptedException {
    Lab lab = new Lab(root);
    for (ServiceName service : services) {
      lab.launch(new ServiceInstance(service, 1), Map.of());
    }
    for (ServiceName service : services) {
      lab.awaitUp(new ServiceInstance(service, 1));
    }
    return lab;
  }

  static ServiceInstance first(ServiceName service) {
    return new ServiceInstance(service, 1);
  }

  Process launch(ServiceInstance instance, Map<String, String> environment) throws IOException {
    Files.deleteIfExists(dir.registry(instance));
    Process process =
        start(
            ServiceCommand.service(
                ServiceCommand.classpath(), instance, dir.root(), 0, ProcessHandle.current().pid()),
            environment);
    running.put(instance, process);
    return process;
  }

  static Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  void awaitUp(ServiceInstance instance) throws IOException, InterruptedException {
    await(instance.id() + " is registered", () -> Files.exists(dir.registry(instance)));
  }

  /// As an operator restarts what may hang: kill -9, then start.
  void restart(ServiceName service) throws IOException, InterruptedException {
    kill(first(service));
    launch(first(service), Map.of());
    awaitUp(first(service));
  }

  void kill(ServiceInstance instance) throws InterruptedException {
    Process process = running.remove(instance);
    if (process != null) {
      process.destroyForcibly();
      process.waitFor(5, TimeUnit.SECONDS);
    }
  }

  Process process(ServiceName service) {
    Process process = running.get(first(service));
    if (process == null) {
      throw new IllegalStateException(service + " was not started");
    }
    return process;
  }

  HttpResponse<String> get(ServiceName service, String path)
      throws IOException, InterruptedException {
    return send(first(service), path, "GET", "");
  }

  HttpResponse<String> post(ServiceName service, String path)
      throws IOException, InterruptedException {
    return send(first(service), path, "POST", "");
  }

  HttpResponse<String> send(ServiceInstance to, String path, String method, String key)
      throws IOException, InterruptedException {
    String port = Files.readString(dir.registry(to)).strip();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(TIMEOUT)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!key.isEmpty()) {
      request.header("Idempotency-Key", key);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  int work(ServiceName service, int item) throws IOException, InterruptedException {
    return get(service, "/work?item=" + item).statusCode();
  }

  double metric(ServiceName service, String sample) throws IOException, InterruptedException {
    String body = get(service, "/metrics").body();
    for (String line : body.lines().toList()) {
      if (line.startsWith(sample + " ")) {
        return Double.parseDouble(line.substring(sample.length() + 1));
      }
    }
    throw new IOException("no sample " + sample + " in:\n" + body);
  }

  /// How many requests took over a second.
  double slow(ServiceName service) throws IOException, InterruptedException {
    return metric(service, "http_request_duration_seconds_count")
        - metric(service, "http_request_duration_seconds_bucket{le=\"1.0\"}");
  }

  List<String> effects() throws IOException {
    return Files.readAllLines(dir.effects()).stream()
        .map(line -> line.substring(line.indexOf('\t') + 1).replace('\t', ' '))
        .toList();
  }

  static void await(String what, Condition condition) throws IOException, InterruptedException {
    long giveUp = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new AssertionError("waited 15 s in vain until " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : running.values()) {
      process.destroyForcibly();
    }
    for (Process process : running.values()) {
      process.waitFor(5, TimeUnit.SECONDS);
    }
  }
}
