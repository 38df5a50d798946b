package io.grace.domains.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.Secrets.Secret;
import io.grace.domains.security.QuarantineList.Entry;
import io.grace.domains.security.Subject.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationTest {
  @TempDir Path directory;

  private static Entry entry(Kind kind, String value) {
    return new Entry(new Subject(kind, value), "r-1/0", Instant.EPOCH, "test");
  }

  private QuarantineList list() throws Exception {
    return QuarantineList.open(directory.resolve("quarantine.log"));
  }

  @Test
  void aCallerIsKeptAwayByTheNetworkPolicyAndLetGoAgain() throws Exception {
    var calls = new CopyOnWriteArrayList<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.createContext(
        "/",
        exchange -> {
          calls.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/deny/{subject}";
      var policy =
          new NetworkPolicy(
              url, "env:T", _ -> Optional.of(new Secret("s3")), HttpClient.newHttpClient());
      var isolation = new Isolation(list(), Optional.of(policy), Map.of());

      var done = isolation.isolate(List.of(entry(Kind.NETWORK, "203.0.113.0/24")));
      var undone = isolation.release(_ -> true);

      assertInstanceOf(Result.Done.class, done);
      assertInstanceOf(Result.Done.class, undone);
      assertEquals(
          List.of(
              "PUT /deny/203.0.113.0%2F24 Bearer s3", "DELETE /deny/203.0.113.0%2F24 Bearer s3"),
          calls);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPolicyThatDoesNotAnswerLeavesItUnknownAndTheListInForce() throws Exception {
    var policy =
        new NetworkPolicy(
            "http://127.0.0.1:1/{subject}", "", _ -> Optional.empty(), HttpClient.newHttpClient());
    var list = list();
    var isolation = new Isolation(list, Optional.of(policy), Map.of());

    var result = isolation.isolate(List.of(entry(Kind.CALLER, "192.0.2.1")));
    var release = isolation.release(_ -> true);

    assertInstanceOf(Result.Unknown.class, result);
    assertInstanceOf(Result.Unknown.class, release);
    assertTrue(list.holds(new Subject(Kind.CALLER, "192.0.2.1")), "what was not released stays");
  }

  @Test
  void aDeclaredProcessIsStoppedAndStartedAgain() throws Exception {
    Path pid = directory.resolve("pid");
    Path sleep = Path.of("/bin/sleep").toRealPath();
    var process =
        new DeclaredProcess("job", pid, sleep.toString(), List.of(sleep.toString(), "300"));
    assertEquals(Optional.empty(), process.startAgain());
    ProcessHandle first = process.running().orElseThrow();
    var isolation = new Isolation(list(), Optional.empty(), Map.of("job", process));
    try {
      isolation.isolate(List.of(entry(Kind.PROCESS, "job")));

      assertFalse(first.isAlive());

      isolation.release(_ -> true);

      assertTrue(process.running().isPresent());
    } finally {
      process.stop();
    }
  }

  @Test
  void aNumberThatBelongsToAnotherProgramNowIsNotStopped() throws Exception {
    Path pid = directory.resolve("pid");
    Files.writeString(pid, ProcessHandle.current().pid() + "\n");
    var process = new DeclaredProcess("job", pid, "/usr/bin/other", List.of("/usr/bin/other"));

    assertEquals(Optional.empty(), process.stop());
    assertFalse(
        new Isolation(list(), Optional.empty(), Map.of())
            .canIsolate(new Subject(Kind.PROCESS, "job")));
  }
}
