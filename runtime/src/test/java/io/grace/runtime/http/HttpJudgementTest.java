package io.grace.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.runtime.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpJudgementTest {
  @TempDir Path dir;

  private HttpFixture http;

  @BeforeEach
  void setUp() {
    http = new HttpFixture(dir);
  }

  @AfterEach
  void stopServers() {
    http.close();
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
    var other = http.server(Loopback.answering(200, ""));
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
        http.server(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(new byte[8192]);
          }
        });

    assertEquals("Done", judged(endless.uri()));
  }

  private String judged(HttpHandler handler) throws Exception {
    return judged(http.server(handler).uri());
  }

  private String judged(URI uri) throws Exception {
    var key = "k" + uri.getPort();
    var result =
        HttpFixture.perform(
            http.provider(HttpFixture.call("POST", "/flush", Map.of(), uri)),
            key,
            "flush",
            Map.of());
    return switch (result) {
      case Result.Done _ -> "Done";
      case Result.Failed(_, boolean passing) -> passing ? "Failed passing" : "Failed";
      case Result.Unknown _ -> "Unknown";
    };
  }
}
