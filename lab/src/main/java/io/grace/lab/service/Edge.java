package io.grace.lab.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/// Where requests come in: routes them, lets the faults have their way, counts, and answers.
/// Thread-safe.
final class Edge implements HttpHandler {
  /// A service with more requests under way answers 503 instead of running out of its small heap.
  private static final int MAX_INFLIGHT = 256;

  private static final Range ITEM = new Range(0, Stock.ITEMS - 1);

  private final State state;
  private final Vitals vitals;
  private final Work work;
  private final Admin admin;
  private final FaultControl faults;
  private final ServiceLog log;
  private final InstantSource clock;

  Edge(State state, Vitals vitals, ServiceLog log, InstantSource clock) {
    this.state = state;
    this.vitals = vitals;
    this.work = new Work(state);
    this.admin = new Admin(state);
    this.faults = new FaultControl(state);
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    FaultControl.Done done;
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/fault") || path.startsWith("/fault/")) {
        done = control(exchange);
        send(exchange, done.reply());
      } else {
        done = new FaultControl.Done(Reply.text(200, ""), () -> {});
        if (path.equals("/work")) {
          measured(exchange);
        } else {
          served(exchange);
        }
      }
    }
    done.afterwards().run();
  }

  private FaultControl.Done control(HttpExchange exchange) throws IOException {
    try {
      return faults.answer(Request.read(exchange));
    } catch (IllegalArgumentException e) {
      return new FaultControl.Done(Reply.text(400, String.valueOf(e.getMessage())), () -> {});
    }
  }

  /// The one path whose requests count: probes and remedies would only dilute what users feel.
  private void measured(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    int inflight = state.metrics().enter();
    try {
      if (state.faults().hangs()) {
        hold();
        return;
      }
      Reply reply =
          inflight > MAX_INFLIGHT
              ? Reply.text(503, state.self().id() + " has " + inflight + " requests under way")
              : guarded(exchange);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      state.metrics().answered(reply.status(), took);
      LogLevel.Level level = reply.status() < 500 ? LogLevel.Level.DEBUG : LogLevel.Level.WARN;
      String why = reply.status() < 500 ? "" : " " + reply.body().strip();
      log.say(
          level,
          "work " + reply.status() + " in " + took.toMillis() + " ms" + why,
          clock.instant());
      send(exchange, reply);
    } finally {
      state.metrics().leave();
    }
  }

  private void served(HttpExchange exchange) throws IOException {
    if (state.faults().hangs()) {
      hold();
      return;
    }
    send(exchange, guarded(exchange));
  }

  private void hold() {
    try {
      state.faults().hold();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply guarded(HttpExchange exchange) throws IOException {
    try {
      return route(Request.read(exchange));
    } catch (IllegalArgumentException e) {
      return Reply.text(400, String.valueOf(e.getMessage()));
    } catch (Work.DependencyFailed e) {
      return Reply.text(e.status(), state.self().id() + ": " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Reply.text(503, state.self().id() + " was interrupted");
    } catch (Exception e) {
      return Reply.text(500, state.self().id() + ": " + e);
    }
  }

  private Reply route(Request request)
      throws IOException, InterruptedException, Work.DependencyFailed {
    String path = request.path();
    if (path.startsWith("/admin/")) {
      Reply reply = admin.answer(request, clock.instant());
      log.say(
          LogLevel.Level.INFO,
          request.method() + " " + path + " " + reply.status(),
          clock.instant());
      return reply;
    }
    if (!request.method().equals("GET")) {
      return Reply.text(405, "method must be GET: " + request.method());
    }
    return switch (path) {
      case "/work" -> work(request);
      case "/health" -> {
        request.allow(Set.of());
        state.faults().delay();
        yield vitals.health();
      }
      case "/metrics" -> {
        request.allow(Set.of());
        yield vitals.metrics(Exposition.Format.wantedBy(request.accept()), clock.instant());
      }
      default ->
          Reply.text(404, "path must be /work, /health, /metrics, /admin/… or /fault/…: " + path);
    };
  }

  private Reply work(Request request) throws InterruptedException, Work.DependencyFailed {
    request.allow(Set.of("item"));
    int item = (int) ITEM.check("item", request.params().getOrDefault("item", "0"));
    if (!vitals.isUp()) {
      return Reply.text(503, state.self().id() + " is not up");
    }
    state.faults().delay();
    return state.faults().strikes()
        ? Reply.text(500, state.self().id() + ": fault errors struck")
        : work.answer(item);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
  }
}
