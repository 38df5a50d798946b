package io.grace.runtime.http;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.Secrets;
import io.grace.runtime.process.KeyLog;
import io.grace.runtime.process.Refusals;
import io.grace.runtime.secrets.Redactor;
import io.grace.runtime.secrets.SecretText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;

/// Makes declared HTTP calls, with an `Idempotency-Key`, following no redirect. *Thread-safe.*
///
/// It says `Failed` only where the server cannot have acted: no connection, a refusal (4xx), or 503
/// with `Retry-After`. Whatever else is not as expected is `Unknown`.
public final class HttpProvider implements ActionProvider {
  public static final String NAME = "http";

  /// An answer is looked at by people only, and they see its beginning.
  private static final int ANSWER_BYTES_MAX = 64 * 1024;

  private static final Duration CONNECT_TIMEOUT_MAX = Duration.ofSeconds(5);

  /// Left for answering after the last wait.
  private static final Duration MARGIN = Duration.ofMillis(200);

  private final Map<String, HttpCall> calls;
  private final List<ActionSpec> actions;
  private final KeyLog keys;
  private final Secrets secrets;
  private final InstantSource clock;

  /// @throws IllegalStateException if two calls have the same name
  public HttpProvider(
      Collection<HttpCall> calls, KeyLog keys, Secrets secrets, InstantSource clock) {
    this.calls =
        calls.stream().collect(Collectors.toUnmodifiableMap(HttpCall::action, Function.identity()));
    this.actions = calls.stream().map(HttpCall::spec).toList();
    this.keys = keys;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ActionSpec> actions() {
    return actions;
  }

  @Override
  public Result perform(Warrant warrant) throws InterruptedException {
    var refusal = Refusals.of(actions, warrant.action());
    var call = calls.get(warrant.action().name());
    var targets = call == null ? null : call.targets().get(warrant.action().target());
    if (refusal.isPresent() || call == null || targets == null) {
      return refusal.orElseGet(() -> new Result.Failed("no such call is declared", false));
    }
    return keys.once(warrant.idempotencyKey(), () -> callAll(call, targets.get(), warrant));
  }

  private Result callAll(HttpCall call, List<URI> instances, Warrant warrant)
      throws InterruptedException {
    if (instances.isEmpty()) {
      return new Result.Failed("no instance of " + warrant.action().target() + " is known", true);
    }
    var said = "";
    for (int i = 0; i < instances.size(); i++) {
      var key = warrant.idempotencyKey() + (instances.size() > 1 ? "/" + i : "");
      var result = call(call, instances.get(i), key, warrant);
      if (!(result instanceof Result.Done)) {
        // The others are left alone: what does not work at one should not be spread.
        return i == 0
            ? result
            : new Result.Unknown(
                "done at "
                    + i
                    + " of "
                    + instances.size()
                    + " instances, then: "
                    + result.detail());
      }
      said = result.detail();
    }
    return instances.size() == 1
        ? new Result.Done(said)
        : new Result.Done("done at " + instances.size() + " instances; the last said: " + said);
  }

  private Result call(HttpCall call, URI instance, String key, Warrant warrant)
      throws InterruptedException {
    var limit = shorter(call.timeout(), untilEnd(warrant.expires()));
    if (!limit.isPositive()) {
      return new Result.Failed("no time was left to call " + instance, false);
    }
    var redactor = new Redactor(secrets);
    var where = call.method() + " " + call.action() + " at " + instance.getAuthority();
    // A client of its own: a kept connection that the server had closed would look like a request
    // that was cut off.
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(shorter(limit, CONNECT_TIMEOUT_MAX))
            .build();
    try {
      var request = Requests.of(call, instance, warrant.action(), redactor);
      request.setHeader("Idempotency-Key", key);
      var answer = Exchange.send(client, request.build(), limit, ANSWER_BYTES_MAX);
      return judged(call, answer, where + " answered " + answer.status() + said(answer, redactor));
    } catch (Requests.Refused | SecretText.MissingSecret e) {
      return new Result.Failed(where + " was not made: " + e.getMessage(), false);
    } catch (IOException e) {
      return judged(e, where);
    } finally {
      client.shutdownNow();
    }
  }

  private static Result judged(HttpCall call, Exchange.Answer answer, String detail) {
    int status = answer.status();
    if (call.isExpected(status)) {
      return new Result.Done(detail);
    }
    boolean asksToRetry = answer.headers().firstValue("Retry-After").isPresent();
    if (status == 429 || (status == 503 && asksToRetry)) {
      return new Result.Failed(detail, true);
    }
    return status / 100 == 4 ? new Result.Failed(detail, false) : new Result.Unknown(detail);
  }

  private static Result judged(IOException trouble, String where) {
    return switch (trouble) {
      case HttpConnectTimeoutException _ ->
          new Result.Failed(where + ": no connection in time", true);
      case HttpTimeoutException _ -> new Result.Unknown(where + ": no complete answer in time");
      case ConnectException _, UnknownHostException _ ->
          new Result.Failed(where + ": no connection", true);
      case SSLHandshakeException _ ->
          new Result.Failed(where + ": no trusted connection (TLS handshake failed)", false);
      default -> new Result.Unknown(where + ": cut off, " + trouble.getClass().getSimpleName());
    };
  }

  private static String said(Exchange.Answer answer, Redactor redactor) {
    return answer.text().isBlank() ? "" : ": " + redactor.excerpt(answer.text());
  }

  private Duration untilEnd(Instant end) {
    return Duration.between(clock.instant(), end).minus(MARGIN);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
