package io.grace.runtime.prometheus;

import io.grace.core.spi.Secrets;
import io.grace.runtime.config.StoreReading;
import io.grace.runtime.http.Breaker;
import io.grace.runtime.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The query API of one store (*Prometheus, HTTP API*, v1), which Thanos, Mimir, Cortex and
/// VictoriaMetrics speak too. *Thread-safe.*
///
/// A store that asks for patience (429, 503) or does not answer gets it: nothing is asked until the
/// time it named is over, or a time that doubles.
final class StoreApi {
  private static final Logger LOG = LoggerFactory.getLogger(StoreApi.class);

  private static final int ANSWER_BYTES_MAX = 32 * 1024 * 1024;

  /// Questions under way at a time; Prometheus itself runs 20.
  private static final int MOST_AT_ONCE = 16;

  /// The store cannot be asked now.
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String message) {
      super(message);
    }
  }

  private final StoreReading config;
  private final HttpClient client;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final AtomicLong partial = new AtomicLong();

  private final Breaker breaker;

  private volatile boolean wasPartial;

  StoreApi(
      StoreReading config,
      HttpClient client,
      Secrets secrets,
      InstantSource clock,
      Breaker breaker) {
    this.config = config;
    this.breaker = breaker;
    this.client = client;
    this.secrets = secrets;
    this.clock = clock;
  }

  StoreAnswer instant(String query, Instant at)
      throws Unavailable, StoreAnswer.Refused, InterruptedException {
    return ask("/api/v1/query", "query=" + encoded(query) + "&time=" + seconds(at));
  }

  StoreAnswer range(String query, Instant from, Instant to, Duration step)
      throws Unavailable, StoreAnswer.Refused, InterruptedException {
    return ask(
        "/api/v1/query_range",
        "query="
            + encoded(query)
            + "&start="
            + seconds(from)
            + "&end="
            + seconds(to)
            + "&step="
            + step.toMillis() / 1000.0);
  }

  /// Answers that said that something was missing.
  long partial() {
    return partial.get();
  }

  private StoreAnswer ask(String path, String form)
      throws Unavailable, StoreAnswer.Refused, InterruptedException {
    Optional<Instant> rest = breaker.restUntil(clock.instant());
    if (rest.isPresent()) {
      throw new Unavailable("store " + config.id() + " is left alone until " + rest.get());
    }
    if (!room.tryAcquire(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new Unavailable(
          "store " + config.id() + " has " + MOST_AT_ONCE + " questions to answer");
    }
    try {
      return answered(
          Exchange.send(client, request(path, form), config.timeout(), ANSWER_BYTES_MAX));
    } catch (IOException e) {
      throw rest(Optional.empty(), "does not answer: " + e.getMessage());
    } finally {
      room.release();
    }
  }

  private StoreAnswer answered(Exchange.Answer answer) throws Unavailable, StoreAnswer.Refused {
    int status = answer.status();
    if (status == 429 || status >= 500) {
      // 422 and 400 speak of the query; these speak of the store.
      throw rest(patience(answer), "answered " + status);
    }
    breaker.answered();
    if (answer.isCut()) {
      throw new StoreAnswer.Refused("the answer is longer than " + ANSWER_BYTES_MAX + " bytes");
    }
    if (status == 401 || status == 403 || status == 404) {
      throw new StoreAnswer.Refused("the store answered " + status + " at its query API");
    }
    StoreAnswer parsed = StoreAnswer.parse(answer.text());
    if (parsed.isPartial()) {
      partial.incrementAndGet();
    }
    if (parsed.isPartial() != wasPartial) {
      wasPartial = parsed.isPartial();
      LOG.atWarn()
          .addKeyValue("store", config.id())
          .addKeyValue("said", parsed.said())
          .log(wasPartial ? "a store answers in part" : "a store answers in full again");
    }
    return parsed;
  }

  private Unavailable rest(Optional<Duration> asked, String why) {
    breaker.failed(clock.instant(), asked, why);
    return new Unavailable("store " + config.id() + " " + why);
  }

  /// `Retry-After`, in seconds or as a date.
  private Optional<Duration> patience(Exchange.Answer answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .flatMap(value -> {
          try {
            return Optional.of(
                value.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                        clock.instant(),
                        ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
          } catch (DateTimeException _) {
            return Optional.empty();
          }
        });
  }

  private HttpRequest request(String path, String form) throws Unavailable {
    String base = config.url().toString();
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (config.token().isPresent()) {
      var secret =
          secrets
              .resolve(config.token().get())
              .orElseThrow(() ->
                  new Unavailable(
                      "the token of store "
                          + config.id()
                          + ", "
                          + config.token().get()
                          + ", cannot be read; see the log for why"));
      request.header("Authorization", "Bearer " + secret.reveal());
    }
    config.tenant().ifPresent(tenant -> request.header("X-Scope-OrgID", tenant));
    return request.build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String seconds(Instant at) {
    return at.getEpochSecond() + "." + String.format(Locale.ROOT, "%03d", at.getNano() / 1_000_000);
  }
}
