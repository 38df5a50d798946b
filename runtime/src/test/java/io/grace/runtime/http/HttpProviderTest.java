package io.grace.runtime.http;

import static io.grace.core.govern.Warrants.action;
import static io.grace.core.govern.Warrants.warrant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpProviderTest {
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  @TempDir Path dir;

  private final List<Loopback> servers = new ArrayList<>();

  @AfterEach
  void stopServers() {
    servers.forEach(Loopback::close);
  }

  @Test
  void argumentsArePassedAsValuesAndNeverSpliced() throws Exception {
    var server = server(Loopback.answering(204, ""));
    var bounds =
        Map.<String, Bound>of("name", new Bound.Matching(".*"), "reason", new Bound.Matching(".*"));
    var arguments =
        Map.<String, Argument>of(
            "name", new Argument.Text("a/../b?x=1&y#z %"),
            "reason", new Argument.Text("\"}, \"admin\": true & =é"));
    var posted = call("POST", "/features/{name}", bounds, server.uri());
    var got =
        new HttpCall(
            "get",
            posted.targets(),
            "GET",
            "/features/{name}",
            bounds,
            Map.of(),
            Set.of(),
            Impact.LOW,
            true,
            TIMEOUT);
    var provider = provider(posted, got);

    assertInstanceOf(Result.Done.class, perform(provider, "k1", "flush", arguments));
    assertInstanceOf(Result.Done.class, perform(provider, "k2", "get", arguments));

    var path = "/features/a%2F..%2Fb%3Fx%3D1%26y%23z%20%25";
    assertEquals(
        List.of(
            "POST " + path + " k1 {\"reason\":\"\\\"}, \\\"admin\\\": true & =é\"}",
            "GET " + path + "?reason=%22%7D%2C%20%22admin%22%3A%20true%20%26%20%3D%C3%A9 k2 "),
        server.requests);
  }

  @Test
  void dotsCannotClimbOutOfTheirSegment() throws Exception {
    var server = server(Loopback.answering(200, ""));
    var bounds = Map.<String, Bound>of("name", new Bound.Matching(".*"));
    var provider = provider(call("POST", "/features/{name}", bounds, server.uri()));

    var result = perform(provider, "k", "flush", Map.of("name", new Argument.Text("..")));

    assertInstanceOf(Result.Failed.class, result);
    assertEquals(List.of(), server.requests);
  }

  @Test
  void typesSurviveInTheBody() throws Exception {
    var server = server(Loopback.answering(200, ""));
    var bounds =
        Map.of(
            "d",
            new Bound.DecimalRange(0, 1),
            "f",
            new Bound.TrueOrFalse(),
            "w",
            new Bound.WholeRange(0, 9));
    var provider = provider(call("PUT", "/limits", bounds, server.uri()));

    perform(
        provider,
        "k",
        "flush",
        Map.of(
            "d",
            new Argument.Decimal(0.5),
            "f",
            new Argument.Flag(true),
            "w",
            new Argument.Whole(7)));

    assertEquals(List.of("PUT /limits k {\"d\":0.5,\"f\":true,\"w\":7}"), server.requests);
  }

  @Test
  void statusesAreJudgedByWhetherAnythingCanHaveChanged() throws Exception {
    assertEquals("Done", judged(Loopback.answering(200, "ok")));
    assertEquals("Failed", judged(Loopback.answering(404, "no such feature")));
    assertEquals("Failed passing", judged(Loopback.answering(429, "")));
    assertEquals("Unknown", judged(Loopback.answering(500, "")));
    assertEquals("Unknown", judged(Loopback.answering(503, "")));
    assertEquals("Unknown", judged(Loopback.answering(303, "")));
    assertEquals(
        "Failed passing",
        judged(exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "5");
          exchange.sendResponseHeaders(503, -1);
        }));
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    var other = server(Loopback.answering(200, ""));
    judged(exchange -> {
      exchange.getResponseHeaders().set("Location", other.uri().toString());
      exchange.sendResponseHeaders(307, -1);
    });

    assertEquals(List.of(), other.requests);
  }

  @Test
  void refusedConnectionAndUnknownHostChangedNothing() throws Exception {
    assertEquals("Failed passing", judged(Loopback.nobody()));
    assertEquals("Failed passing", judged(URI.create("http://nowhere.invalid")));
  }

  @Test
  void silenceAfterTheRequestIsUnknown() throws Exception {
    var release = new CountDownLatch(1);
    HttpHandler silent =
        exchange -> {
          try {
            assertTrue(release.await(20, TimeUnit.SECONDS));
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        };
    assertEquals("Unknown", judged(silent));
    assertEquals(
        "Unknown",
        judged(exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          silent.handle(exchange);
        }));
    release.countDown();
  }

  @Test
  void connectionCutAfterTheRequestIsUnknown() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var cutting =
          Thread.ofVirtual()
              .start(() -> {
                try (var connection = socket.accept()) {
                  assertTrue(connection.getInputStream().read() >= 0);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });

      assertEquals("Unknown", judged(URI.create("http://127.0.0.1:" + socket.getLocalPort())));
      assertTrue(cutting.join(Duration.ofSeconds(10)));
    }
  }

  @Test
  void endlessAnswerIsCut() throws Exception {
    var endless =
        server(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(new byte[8192]);
          }
        });

    assertEquals("Done", judged(endless.uri()));
  }

  @Test
  void everyInstanceIsCalledUnderAKeyOfItsOwn() throws Exception {
    var one = server(Loopback.answering(200, ""));
    var two = server(Loopback.answering(200, ""));
    var provider = provider(call("POST", "/flush", Map.of(), one.uri(), two.uri()));

    assertInstanceOf(Result.Done.class, perform(provider, "k", "flush", Map.of()));

    assertEquals(List.of("POST /flush k/0 "), one.requests);
    assertEquals(List.of("POST /flush k/1 "), two.requests);
  }

  @Test
  void partialSuccessIsUnknownAndTheRestIsLeftAlone() throws Exception {
    var good = server(Loopback.answering(200, ""));
    var bad = server(Loopback.answering(400, ""));
    var rest = server(Loopback.answering(200, ""));

    var result =
        perform(
            provider(call("POST", "/flush", Map.of(), good.uri(), bad.uri(), rest.uri())),
            "k",
            "flush",
            Map.of());

    assertInstanceOf(Result.Unknown.class, result);
    assertEquals(List.of(), rest.requests);
  }

  @Test
  void repeatedKeyIsNotSentAgain() throws Exception {
    var server = server(Loopback.answering(200, ""));
    var provider = provider(call("POST", "/flush", Map.of(), server.uri()));

    perform(provider, "k", "flush", Map.of());
    perform(provider, "k", "flush", Map.of());

    assertEquals(1, server.requests.size());
  }

  @Test
  void secretInAHeaderIsSentAndNeverShown() throws Exception {
    var server =
        server(exchange -> {
          var said = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          Loopback.answering(said.equals("Bearer s3cret") ? 200 : 401, said).handle(exchange);
        });

    var result =
        perform(provider(call("POST", "/flush", Map.of(), server.uri())), "k", "flush", Map.of());

    assertInstanceOf(Result.Done.class, result);
    assertFalse(result.toString().contains("s3cret"));
    assertTrue(result.toString().contains("Bearer …"));
  }

  @Test
  void noInstanceIsAPassingFailure() throws Exception {
    var result = perform(provider(call("POST", "/flush", Map.of())), "k", "flush", Map.of());

    assertEquals(true, assertInstanceOf(Result.Failed.class, result).passing());
  }

  @Test
  void undeclaredPlaceholderAndMethodAreRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> call("POST", "/{other}", Map.of()));
    assertThrows(IllegalArgumentException.class, () -> call("TRACE", "/", Map.of()));
    assertThrows(IllegalArgumentException.class, () -> call("GET", "no-slash", Map.of()));
  }

  private String judged(HttpHandler handler) throws Exception {
    return judged(server(handler).uri());
  }

  private String judged(URI uri) throws Exception {
    var key = "k" + uri.getAuthority();
    var result = perform(provider(call("POST", "/flush", Map.of(), uri)), key, "flush", Map.of());
    return switch (result) {
      case Result.Done _ -> "Done";
      case Result.Failed(_, boolean passing) -> passing ? "Failed passing" : "Failed";
      case Result.Unknown _ -> "Unknown";
    };
  }

  private Loopback server(HttpHandler handler) throws IOException {
    var server = new Loopback(handler);
    servers.add(server);
    return server;
  }

  private static HttpCall call(
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

  private HttpProvider provider(HttpCall... calls) throws IOException {
    return new HttpProvider(
        List.of(calls),
        KeyLog.open(dir.resolve("keys.log")),
        new LocalSecrets(Map.of("TOKEN", "s3cret")),
        InstantSource.system());
  }

  private static Result perform(
      HttpProvider provider, String key, String name, Map<String, Argument> arguments)
      throws InterruptedException {
    return provider.perform(
        warrant(key, action(name, "orders", arguments), Instant.now().plusSeconds(20)));
  }
}
