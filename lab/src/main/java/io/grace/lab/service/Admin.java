package io.grace.lab.service;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The remedies that a service offers to whoever operates it. What is changed here holds for all
/// instances of the service, is recorded as an effect, and is done once for each idempotency key.
/// Thread-safe.
final class Admin {
  private static final Range TTL_MIN = new Range(1, 1440);
  private static final String TTL_MIN_DEFAULT = "15";

  /// A remedy that was asked for, with the name that it has in the effects log.
  private record Remedy(String effect, EffectsLog.Change change) {}

  private final State state;

  Admin(State state) {
    this.state = state;
  }

  Reply answer(Request request, Instant now) throws IOException, InterruptedException {
    return switch (request.method()) {
      case "GET" -> read(request, now).orElseGet(() -> unknown(request));
      case "POST" -> {
        Optional<Remedy> remedy = remedy(request, now);
        yield remedy.isPresent() ? apply(remedy.get(), request, now) : unknown(request);
      }
      default -> Reply.text(405, "method must be GET or POST: " + request.method());
    };
  }

  private Reply apply(Remedy remedy, Request request, Instant now)
      throws IOException, InterruptedException {
    return switch (state
        .effects()
        .once(remedy.effect, request.idempotencyKey(), now, remedy.change)) {
      case APPLIED -> Reply.json("{\"applied\":\"" + remedy.effect + "\"}");
      case REPEATED -> Reply.json("{\"repeated\":true}");
      case CLASHED ->
          Reply.text(422, "this Idempotency-Key was used for another effect than " + remedy.effect);
    };
  }

  private Optional<Remedy> remedy(Request request, Instant now) {
    return switch (request.path()) {
      case "/admin/flags/" + Flags.NEW_PRICING -> Optional.of(flag(request));
      case "/admin/loglevel" -> Optional.of(level(request, now));
      case "/admin/cache/warm" -> plain(request, state.hasCache(), "cache:warm", this::warm);
      case "/admin/cache/flush" -> plain(request, state.hasCache(), "cache:flush", this::flush);
      case "/admin/breakers/reset" ->
          plain(request, state.hasBreaker(), "breakers:reset", state.breaker()::reset);
      case "/admin/breakers/trip" ->
          plain(request, state.hasBreaker(), "breakers:trip", state.breaker()::trip);
      default -> Optional.empty();
    };
  }

  private Remedy flag(Request request) {
    request.allow(Set.of("state"));
    String text = request.param("state");
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("state must be true or false: " + text);
    }
    boolean on = text.equals("true");
    return new Remedy(
        "flag:" + Flags.NEW_PRICING + "=" + on, () -> state.flags().setNewPricing(on));
  }

  private Remedy level(Request request, Instant now) {
    request.allow(Set.of("level", "ttl_min"));
    LogLevel.Level level = LogLevel.Level.of(request.param("level"));
    long minutes =
        TTL_MIN.check("ttl_min", request.params().getOrDefault("ttl_min", TTL_MIN_DEFAULT));
    return new Remedy(
        "loglevel:" + level + "/" + minutes + "m",
        () -> state.level().set(level, Duration.ofMinutes(minutes), now));
  }

  private static Optional<Remedy> plain(
      Request request, boolean offered, String effect, EffectsLog.Change change) {
    request.allow(Set.of());
    return offered ? Optional.of(new Remedy(effect, change)) : Optional.empty();
  }

  private void warm() throws IOException {
    state.cache().warm();
  }

  private void flush() throws IOException {
    state.cache().flush();
  }

  private Optional<Reply> read(Request request, Instant now) {
    request.allow(Set.of());
    return switch (request.path()) {
      case "/admin/flags/" + Flags.NEW_PRICING ->
          json("{\"flag\":\"" + Flags.NEW_PRICING + "\",\"state\":" + state.flags().newPricing());
      case "/admin/loglevel" -> {
        LogLevel.Setting setting = state.level().at(now);
        yield json("{\"level\":\"" + setting.level() + "\",\"until_epoch_ms\":" + setting.until());
      }
      case "/admin/cache" -> state.hasCache() ? cache() : Optional.empty();
      case "/admin/breakers" ->
          state.hasBreaker()
              ? json("{\"target\":\"payments\",\"open\":" + state.breaker().isOpen())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Reply> cache() {
    int size = state.cache().size();
    return json("{\"warm\":" + (size > 0) + ",\"entries\":" + size);
  }

  private static Optional<Reply> json(String unclosed) {
    return Optional.of(Reply.json(unclosed + "}"));
  }

  private Reply unknown(Request request) {
    return Reply.text(
        404, state.self().id() + " offers no " + request.method() + " " + request.path());
  }
}
