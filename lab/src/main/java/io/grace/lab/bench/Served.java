package io.grace.lab.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `grace serve` as a user starts it: through the launcher, which becomes the Java process.
final class Served implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Process process;
  private final URI base;
  private final Path log;
  private final long readyNanos;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private Served(Process process, URI base, Path log, long began)
      throws IOException, InterruptedException {
    this.process = process;
    this.base = base;
    this.log = log;
    this.readyNanos = awaitReady(began);
  }

  /// Starts it and waits until it answers.
  static Served start(BenchConfig config) throws IOException, InterruptedException {
    Path log = config.file().resolveSibling("grace.log");
    var builder =
        new ProcessBuilder(
                home().resolve("grace").toString(), "serve", "--config", config.file().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SELF_HEAL_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("GRACE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    long began = System.nanoTime();
    return new Served(builder.start(), URI.create("http://127.0.0.1:" + config.port()), log, began);
  }

  /// The checkout, as the launcher says.
  private static Path home() {
    return Path.of(System.getProperty("grace.home", "")).toAbsolutePath();
  }

  /// Whether the launcher has an AOT cache to offer that is newer than every jar.
  static boolean hasAotCache() throws IOException {
    var caches = found(home().resolve("target/aot"), "serve-*.aot");
    long newest = 0;
    for (Path module : found(home(), "*")) {
      for (Path jar : found(module.resolve("target"), "grace-*.jar")) {
        newest = Math.max(newest, Files.getLastModifiedTime(jar).toMillis());
      }
    }
    for (Path cache : caches) {
      if (Files.getLastModifiedTime(cache).toMillis() >= newest) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> found(Path dir, String glob) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(dir, glob)) {
      return java.util.stream.StreamSupport.stream(paths.spliterator(), false).toList();
    }
  }

  private long awaitReady(long began) throws IOException, InterruptedException {
    while (System.nanoTime() - began < START_LIMIT.toNanos() && process.isAlive()) {
      try {
        if (get("/api/health").path("status").asString("").equals("up")) {
          return System.nanoTime() - began;
        }
      } catch (IOException _) {
        // Not listening yet.
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    process.destroyForcibly().waitFor();
    throw new IOException("grace is not ready:\n" + Files.readString(log));
  }

  double readySeconds() {
    return readyNanos / 1e9;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  void post(String path, Object body) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  void postText(String path, String json) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            request
                .timeout(CALL_LIMIT)
                .header("Authorization", "Bearer " + BenchConfig.TOKEN)
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.uri().getPath() + ": " + answer.statusCode() + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /// A line of `/proc/PID/status` that counts kB, in MB.
  double megabytes(String name) throws IOException {
    for (String line :
        Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("no " + name + " of " + process.pid());
  }

  /// CPU time that the process has used so far, in seconds.
  double cpuSeconds() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    client.close();
  }
}
