package io.grace.cli.client;

import io.grace.cli.host.Failure;
import io.grace.cli.host.Host;
import io.grace.cli.text.Clean;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// GRACE's REST API. Every call has a limit in time and size, follows no redirect (the token would
/// go along), and answers or fails with what to do next. *Thread-safe.*
public final class Api {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  /// The longest list has 500 runs of some 10 kB.
  private static final long LARGEST_ANSWER = 32L << 20;

  private final Address address;
  private final Optional<Token> token;
  private final HttpClient http;

  private Api(Address address, Optional<Token> token) {
    this.address = address;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  public static Api of(Host host) throws Failure {
    Address address = Address.of(host);
    Optional<Token> token = Token.of(host);
    if (token.isPresent() && address.isOpen()) {
      host.err().println("grace: warning: the token crosses the network unencrypted; use https");
    }
    return new Api(address, token);
  }

  /// The same server, asked by nobody.
  public Api anonymous() {
    return new Api(address, Optional.empty());
  }

  /// @throws Failure if there is no answer, or one that is not good
  public Reply get(Query query) throws Failure {
    return good(ask(request(query).GET().build()));
  }

  /// @throws Failure if there is no answer, or one that is not good
  public Reply post(Query query, Map<String, ?> body) throws Failure {
    return good(
        ask(
            request(query)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Doc.write(body)))
                .build()));
  }

  /// Any answer, good or not.
  public Reply probe(Query query) throws Failure {
    return ask(request(query).GET().build());
  }

  /// An answer that arrives line by line.
  ///
  /// @param accept the wanted media type
  /// @param after resumes an event stream behind this entry
  public LineStream stream(Query query, String accept, Optional<String> after) throws Failure {
    HttpRequest.Builder request =
        request(query).setHeader("Accept", accept + ", application/problem+json").GET();
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    HttpResponse<InputStream> response = send(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 == 2) {
      return new LineStream(response.body());
    }
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
      throw Problems.failure(new Reply(response.statusCode(), text), token.isPresent());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpRequest.Builder request(Query query) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.of(query))
            .timeout(ANSWER_LIMIT)
            .header("Accept", "application/json, application/problem+json");
    token.ifPresent(t -> request.header("Authorization", t.header()));
    return request;
  }

  private Reply ask(HttpRequest request) throws Failure {
    HttpResponse<byte[]> response =
        send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
  }

  private Reply good(Reply reply) throws Failure {
    if (!reply.isGood()) {
      throw Problems.failure(reply, token.isPresent());
    }
    return reply;
  }

  /// The client's own limit ends with the headers, so the wait for the body gets one here.
  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws Failure {
    try {
      return http.sendAsync(request, handler)
          .get(CONNECT_LIMIT.plus(ANSWER_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private Failure unreachable(Throwable cause) {
    String why =
        switch (cause) {
          case ConnectException _ -> "the connection was refused";
          case TimeoutException _ -> "it took longer than " + ANSWER_LIMIT.toSeconds() + " s";
          default ->
              cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    return new Failure(
        Failure.Kind.UNREACHABLE,
        "no answer from GRACE at " + address.base() + ": " + Clean.text(why),
        "start it with 'grace serve', or set GRACE_URL to where it listens");
  }
}
