package io.grace.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.runtime.Loopback;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpProviderTest {
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
  void argumentsArePassedAsValuesAndNeverSpliced() throws Exception {
    var server = http.server(Loopback.answering(204, ""));
    var bounds =
        Map.<String, Bound>of("name", new Bound.Matching(".*"), "reason", new Bound.Matching(".*"));
    var arguments =
        Map.<String, Argument>of(
            "name", new Argument.Text("a/../b?x=1&y#z %"),
            "reason", new Argument.Text("\"}, \"admin\": true & =é"));
    var posted = HttpFixture.call("POST", "/features/{name}", bounds, server.uri());
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
            HttpFixture.TIMEOUT);
    var provider = http.provider(posted, got);

    assertInstanceOf(Result.Done.class, HttpFixture.perform(provider, "k1", "flush", arguments));
    assertInstanceOf(Result.Done.class, HttpFixture.perform(provider, "k2", "get", arguments));

    var path = "/features/a%2F..%2Fb%3Fx%3D1%26y%23z%20%25";
    assertEquals(
        List.of(
            "POST " + path + " k1/0/0 {\"reason\":\"\\\"}, \\\"admin\\\": true & =é\"}",
            "GET " + path + "?reason=%22%7D%2C%20%22admin%22%3A%20true%20%26%20%3D%C3%A9 k2/0/0 "),
        server.requests);
  }

  @Test
  void dotsCannotClimbOutOfTheirSegment() throws Exception {
    var server = http.server(Loopback.answering(200, ""));
    var bounds = Map.<String, Bound>of("name", new Bound.Matching(".*"));
    var provider =
        http.provider(HttpFixture.call("POST", "/features/{name}", bounds, server.uri()));

    var result =
        HttpFixture.perform(provider, "k", "flush", Map.of("name", new Argument.Text("..")));

    assertInstanceOf(Result.Failed.class, result);
    assertEquals(List.of(), server.requests);
  }

  @Test
  void typesSurviveInTheBody() throws Exception {
    var server = http.server(Loopback.answering(200, ""));
    var bounds =
        Map.of(
            "d",
            new Bound.DecimalRange(0, 1),
            "f",
            new Bound.TrueOrFalse(),
            "w",
            new Bound.WholeRange(0, 9));
    var provider = http.provider(HttpFixture.call("PUT", "/limits", bounds, server.uri()));

    HttpFixture.perform(
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

    assertEquals(List.of("PUT /limits k/0/0 {\"d\":0.5,\"f\":true,\"w\":7}"), server.requests);
  }

  @Test
  void everyInstanceIsCalledUnderAKeyOfItsOwn() throws Exception {
    var one = http.server(Loopback.answering(200, ""));
    var two = http.server(Loopback.answering(200, ""));
    var provider =
        http.provider(HttpFixture.call("POST", "/flush", Map.of(), one.uri(), two.uri()));

    assertInstanceOf(Result.Done.class, HttpFixture.perform(provider, "k", "flush", Map.of()));

    assertEquals(List.of("POST /flush k/0/0/0 "), one.requests);
    assertEquals(List.of("POST /flush k/0/0/1 "), two.requests);
  }

  @Test
  void partialSuccessIsUnknownAndTheRestIsLeftAlone() throws Exception {
    var good = http.server(Loopback.answering(200, ""));
    var bad = http.server(Loopback.answering(400, ""));
    var rest = http.server(Loopback.answering(200, ""));

    var result =
        HttpFixture.perform(
            http.provider(
                HttpFixture.call("POST", "/flush", Map.of(), good.uri(), bad.uri(), rest.uri())),
            "k",
            "flush",
            Map.of());

    assertInstanceOf(Result.Unknown.class, result);
    assertEquals(List.of(), rest.requests);
  }

  @Test
  void repeatedKeyIsNotSentAgain() throws Exception {
    var server = http.server(Loopback.answering(200, ""));
    var provider = http.provider(HttpFixture.call("POST", "/flush", Map.of(), server.uri()));

    HttpFixture.perform(provider, "k", "flush", Map.of());
    HttpFixture.perform(provider, "k", "flush", Map.of());

    assertEquals(1, server.requests.size());
  }

  @Test
  void secretInAHeaderIsSentAndNeverShown() throws Exception {
    var server =
        http.server(exchange -> {
          var said = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          Loopback.answering(said.equals("Bearer s3cret") ? 200 : 401, said).handle(exchange);
        });

    var result =
        HttpFixture.perform(
            http.provider(HttpFixture.call("POST", "/flush", Map.of(), server.uri())),
            "k",
            "flush",
            Map.of());

    assertInstanceOf(Result.Done.class, result);
    assertFalse(result.toString().contains("s3cret"));
    assertTrue(result.toString().contains("Bearer …"));
  }

  @Test
  void noInstanceIsAPassingFailure() throws Exception {
    var result =
        HttpFixture.perform(
            http.provider(HttpFixture.call("POST", "/flush", Map.of())), "k", "flush", Map.of());

    assertEquals(true, assertInstanceOf(Result.Failed.class, result).passing());
  }

  @Test
  void undeclaredPlaceholderAndMethodAreRefusedAtOnce() {
    assertThrows(
        IllegalArgumentException.class, () -> HttpFixture.call("POST", "/{other}", Map.of()));
    assertThrows(IllegalArgumentException.class, () -> HttpFixture.call("TRACE", "/", Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> HttpFixture.call("GET", "no-slash", Map.of()));
  }
}
