package io.grace.runtime.http;

import static io.grace.core.govern.Warrants.action;
import static io.grace.core.govern.Warrants.warrant;

import com.sun.net.httpserver.HttpHandler;
import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.runtime.Loopback;
import io.grace.runtime.process.KeyLog;
import io.grace.runtime.secrets.LocalSecrets;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Calls of one service's HTTP actions, with real servers on the loopback interface.
final class HttpFixture implements AutoCloseable {
  static final ServiceId ORDERS = new ServiceId("orders");
  static final Duration TIMEOUT = Duration.ofMillis(500);

  private final Path dir;
  private final List<Loopback> servers = new ArrayList<>();

  HttpFixture(Path dir) {
    this.dir = dir;
  }

  @Override
  public void close() {
    servers.forEach(Loopback::close);
  }

  Loopback server(HttpHandler handler) throws IOException {
    var server = new Loopback(handler);
    servers.add(server);
    return server;
  }

  static HttpCall call(
      String method, String path, Map<String, ? extends Bound> parameters, URI... instances) {
    return new HttpCall(
        "flush",
        Map.of(ORDERS, () -> List.of(instances)),
        method,
        path,
        Map.copyOf(parameters),
        Map.of("Authorization", "Bearer ${env:TOKEN}"),
        Set.of(),
        Impact.LOW,
        true,
        TIMEOUT);
  }

  HttpProvider provider(HttpCall... calls) throws IOException {
    return new HttpProvider(
        List.of(calls),
        KeyLog.open(dir.resolve("keys.log")),
        new LocalSecrets(Map.of("TOKEN", "s3cret")),
        InstantSource.system());
  }

  static Result perform(
      HttpProvider provider, String key, String name, Map<String, Argument> arguments)
      throws InterruptedException {
    return provider.perform(
        warrant(key, action(name, "orders", arguments), Instant.now().plusSeconds(20)));
  }
}
