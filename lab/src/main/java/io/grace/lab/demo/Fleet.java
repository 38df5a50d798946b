package io.grace.lab.demo;

import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.lab.service.ServiceCommand;
import io.grace.lab.service.ServiceName;
import io.grace.runtime.config.Config;
import io.grace.runtime.node.Node;
import io.grace.runtime.process.InstanceRegistry;
import io.grace.runtime.process.ProcessHost;
import io.grace.runtime.secrets.LocalSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The lab's services and their load, started as an operator would start them. GRACE finds the
/// processes by the state directory that both share.
public final class Fleet implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final int REQUESTS_PER_SECOND = 20;

  /// Load ends by itself, whatever happens to who started it.
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(30);

  private final Path dir;
  private final ProcessHost host;
  private final InstanceRegistry registry;
  private final Process load;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private Fleet(Path dir, ProcessHost host, Process load) {
    this.dir = dir;
    this.host = host;
    this.registry = new InstanceRegistry(dir.resolve("registry"));
    this.load = load;
  }

  /// Starts every declared service and the load.
  public static Fleet start(Path dir, Config config) throws IOException, InterruptedException {
    ProcessHost host = Node.processHost(config, new LocalSecrets(), InstantSource.system());
    for (ServiceName service : List.of(ServiceName.values()).reversed()) {
      Result result =
          host.start(new ServiceId(service.id()), "first", Instant.now().plus(START_LIMIT));
      if (!(result instanceof Result.Done)) {
        throw new IOException("cannot start " + service.id() + ": " + result.detail());
      }
    }
    long self = ProcessHandle.current().pid();
    Process load =
        new ProcessBuilder(
                ServiceCommand.load(
                    ServiceCommand.classpath(), dir, REQUESTS_PER_SECOND, LOAD_LIMIT, self))
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("load.log").toFile())
            .start();
    return new Fleet(dir, host, load);
  }

  /// Puts a fault into every instance of a service.
  public void breakIt(ServiceName service, String fault) throws IOException, InterruptedException {
    post(service, "/fault/" + fault);
  }

  /// Sends a call to every instance of a service.
  public void post(ServiceName service, String path) throws IOException, InterruptedException {
    for (URI base : registry.uris(new ServiceId(service.id()))) {
      var request =
          HttpRequest.newBuilder(URI.create(base + path))
              .timeout(Duration.ofSeconds(3))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new IOException(service.id() + path + " answered " + status);
      }
    }
  }

  /// As an operator would.
  void restart(ServiceName service) throws IOException, InterruptedException {
    Result result =
        host.restart(new ServiceId(service.id()), "by-hand", Instant.now().plus(START_LIMIT));
    if (!(result instanceof Result.Done)) {
      throw new IOException("cannot restart " + service.id() + ": " + result.detail());
    }
  }

  public Path dir() {
    return dir;
  }

  @Override
  public void close() throws InterruptedException {
    load.destroy();
    for (ServiceName service : ServiceName.values()) {
      host.stop(new ServiceId(service.id()), Instant.now().plus(STOP_LIMIT));
    }
  }
}
