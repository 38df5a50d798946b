package io.grace.lab.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// One instance of one of the lab's services: `--name orders --instance 1 --dir DIR --port N
/// --parent PID`, and `--slow-start MS` for one that always takes its time. It serves the loopback
/// interface only.
public final class LabService {
  static final Set<String> OPTIONS =
      Set.of("name", "instance", "dir", "port", "parent", "slow-start");

  /// Read by the effects log: the key of whatever started this process.
  public static final String KEY_VARIABLE = "GRACE_IDEMPOTENCY_KEY";

  private static final int BACKLOG = 128;

  private static final Duration DRAIN = Duration.ofMillis(300);

  private LabService() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    Options options = Options.parse(args, OPTIONS);
    ParentWatch.start(options.number("parent", Range.PID));
    ServiceInstance self =
        new ServiceInstance(
            ServiceName.of(options.text("name")), (int) options.number("instance", Range.INSTANCE));
    LabDir dir = new LabDir(options.path("dir"));
    dir.create();
    State state = State.of(self, dir);
    state.effects().started(Optional.ofNullable(System.getenv(KEY_VARIABLE)), clock.instant());
    LabDir.write(dir.pid(self), Long.toString(ProcessHandle.current().pid()));

    Vitals vitals = new Vitals(state, clock.instant());
    ServiceLog log = new ServiceLog(dir.log(self), state.level());
    HttpServer server = bind((int) options.number("port", Range.PORT));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new Edge(state, vitals, log, clock));
    server.start();
    int port = server.getAddress().getPort();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(state, vitals, server, port)));

    log.say(LogLevel.Level.INFO, self.id() + " listens on port " + port, clock.instant());
    long slow = slowStart(dir.slowStart(self)) + options.number("slow-start", Range.DELAY_MS, 0);
    Thread.sleep(slow);
    vitals.phase(Vitals.Phase.UP);
    new Registry(dir).enter(self, port);
    log.say(LogLevel.Level.INFO, self.id() + " is up", clock.instant());
  }

  private static HttpServer bind(int port) throws IOException {
    // Without it Nagle's algorithm and delayed acknowledgements add 40 ms to an answer of two
    // writes.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Shorter than the server keeps a connection, so that a caller never reuses one that is being
    // closed.
    System.setProperty("jdk.httpclient.keepalive.timeout", "5");
    return HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
  }

  /// Meant for one start: the file goes before the wait, so that a process killed while slow starts
  /// fast next time.
  private static long slowStart(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long ms = Range.DELAY_MS.check(file.toString(), Files.readString(file).strip());
    Files.delete(file);
    return ms;
  }

  private static void stop(State state, Vitals vitals, HttpServer server, int port) {
    vitals.phase(Vitals.Phase.STOPPING);
    try {
      new Registry(state.dir()).leave(state.self(), port);
      Files.deleteIfExists(state.dir().pid(state.self()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot leave the registry", e);
    }
    // Callers that still know the port get their answers before it closes.
    LockSupport.parkNanos(DRAIN.toNanos());
    server.stop(0);
  }
}
