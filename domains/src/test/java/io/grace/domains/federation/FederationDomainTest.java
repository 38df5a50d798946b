package io.grace.domains.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.grace.domains.Living;
import io.grace.runtime.http.Breaker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FederationDomainTest {
  private static final String ONE =
      """
      {"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}
      """;

  @TempDir Path directory;

  private final AtomicBoolean works = new AtomicBoolean(true);

  /// A store that asks to be left alone for five minutes while it does not work.
  private HttpServer store() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = ONE.getBytes(StandardCharsets.UTF_8);
          if (!works.get()) {
            exchange.getResponseHeaders().set("Retry-After", "300");
          }
          exchange.sendResponseHeaders(works.get() ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void aSystemThatIsBackIsAskedAgainBeforeItsRestIsOver() throws Exception {
    var server = store();
    String text =
        """
        mode: autonomous
        telemetry: {stores: [{name: main, url: "http://127.0.0.1:%d"}]}
        domains: {federation: {}}
        """
            .formatted(server.getAddress().getPort());
    works.set(false);
    try (var grace = Living.start(directory, text)) {
      var connections = grace.node().connections().all();
      assertEquals(1, connections.size());
      grace.until(
          "left alone",
          _ -> connections.getFirst().breaker().state(Instant.now()) == Breaker.State.OPEN);
      works.set(true);

      grace.healed("circuit_breakers", "close_breakers");

      assertEquals(Breaker.State.CLOSED, connections.getFirst().breaker().state(Instant.now()));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theRestDoublesAndAnAnswerEndsIt() {
    var breaker = new Breaker();
    Instant now = Instant.EPOCH;
    breaker.failed(now, java.util.Optional.empty(), "no answer");
    breaker.failed(now, java.util.Optional.empty(), "no answer");

    assertEquals(now.plusSeconds(2), breaker.restUntil(now).orElseThrow());
    assertEquals(Breaker.State.HALF_OPEN, breaker.state(now.plusSeconds(3)));

    breaker.answered();
    assertTrue(breaker.restUntil(now).isEmpty());
    assertEquals(Breaker.State.CLOSED, breaker.state(now));
  }
}
