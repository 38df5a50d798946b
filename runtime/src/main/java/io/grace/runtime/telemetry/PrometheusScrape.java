package io.grace.runtime.telemetry;

import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Reads the metrics pages of all instances and derives GRACE's metrics from them. *Thread-safe.*
///
/// An instance that does not answer is left out, for `up` is the probes' to say. It is an error if
/// instances answered and not one of them with a well-formed page.
public final class PrometheusScrape implements TelemetrySource {
  /// What Prometheus installations commonly allow a target.
  private static final int PAGE_BYTES_MAX = 10 * 1024 * 1024;

  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String ACCEPT =
      OPEN_METRICS + ";version=1.0.0,text/plain;version=0.0.4;q=0.5";

  /// One instance's last page.
  private record Page(Map<Series, Double> samples, Instant at) {}

  /// What an instance answered: a page, or what is wrong with it.
  private sealed interface Answer {
    record Read(URI instance, Map<Series, Double> samples) implements Answer {}

    record Wrong(String why) implements Answer {}
  }

  private final Watch watch;
  private final Supplier<List<URI>> instances;
  private final String path;
  private final List<Derivation> derivations;
  private final HttpClient client;
  private final ReentrantLock lock = new ReentrantLock();

  /// The last page of each instance, to tell how counters grew; guarded by the lock.
  private final Map<URI, Page> pages = new HashMap<>();

  /// @param instances base URLs, looked up at each use
  /// @param path added to them, such as `/metrics`
  public PrometheusScrape(
      Watch watch,
      Supplier<List<URI>> instances,
      String path,
      List<Derivation> derivations,
      HttpClient client) {
    this.watch = watch;
    this.instances = instances;
    this.path = path;
    this.derivations = List.copyOf(derivations);
    this.client = client;
  }

  @Override
  public String name() {
    return watch.name();
  }

  @Override
  public Duration interval() {
    return watch.interval();
  }

  /// @throws IllegalStateException if nothing but malformed pages came
  @Override
  public List<Signal> collect(Instant now) throws InterruptedException {
    var asked = instances.get();
    var answers = AllAtOnce.ask(asked, watch.timeout(), this::scrape);
    var read = new HashMap<URI, Map<Series, Double>>();
    var wrong = new ArrayList<String>();
    for (var answer : answers) {
      answer.ifPresent(it -> {
        switch (it) {
          case Answer.Read(var instance, var samples) -> read.put(instance, samples);
          case Answer.Wrong(String why) -> wrong.add(why);
        }
      });
    }
    if (read.isEmpty() && !wrong.isEmpty()) {
      throw new IllegalStateException(wrong.getFirst());
    }
    var scraped = compared(asked, read, now);
    var signals = new ArrayList<Signal>();
    for (var derivation : derivations) {
      derivation
          .of(scraped)
          .ifPresent(value -> signals.add(watch.signal(derivation.metric(), value, now)));
    }
    return List.copyOf(signals);
  }

  private Scraped compared(List<URI> asked, Map<URI, Map<Series, Double>> read, Instant now) {
    lock.lock();
    try {
      pages.keySet().retainAll(new HashSet<>(asked));
      var compared = new ArrayList<Scraped.Instance>();
      read.forEach((instance, samples) -> {
        var before = pages.put(instance, new Page(samples, now));
        compared.add(
            before == null
                ? new Scraped.Instance(Map.of(), samples, 0)
                : new Scraped.Instance(
                    before.samples(), samples, Duration.between(before.at(), now).toNanos() / 1e9));
      });
      return new Scraped(compared);
    } finally {
      lock.unlock();
    }
  }

  private Answer scrape(URI instance) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(instance + path)).header("Accept", ACCEPT).build();
    var answer = Exchange.send(client, request, watch.timeout(), PAGE_BYTES_MAX);
    if (answer.status() != 200) {
      return new Answer.Wrong(instance + path + " answered " + answer.status() + ", not 200");
    }
    if (answer.isCut()) {
      return new Answer.Wrong(instance + path + " is longer than " + PAGE_BYTES_MAX + " bytes");
    }
    boolean isOpenMetrics =
        answer.headers().firstValue("Content-Type").orElse("").startsWith(OPEN_METRICS);
    try {
      return new Answer.Read(
          instance, PrometheusText.parse(answer.text(), isOpenMetrics, this::isNeeded));
    } catch (MalformedMetrics e) {
      return new Answer.Wrong(instance + path + " is malformed: " + e.getMessage());
    }
  }

  private boolean isNeeded(String name) {
    return derivations.stream().anyMatch(derivation -> derivation.needs(name));
  }
}
