package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.guard.Problem;
import io.grace.app.web.HealthViews.DiagnosisView;
import io.grace.app.web.HealthViews.ServiceView;
import io.grace.core.analyze.Calls;
import io.grace.core.analyze.Diagnosing;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What is measured of services and what that means.
@RestController
public final class ServicesApi {
  private static final int MOST_SIGNALS = 1000;

  /// Clocks differ a little; a measurement from further ahead is a mistake.
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final Backend backend;
  private final InstantSource clock;

  ServicesApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /// @param at now if it is missing
  public record SignalBody(
      @Nullable String service,
      @Nullable String metric,
      @Nullable Double value,
      @Nullable Instant at) {}

  /// Either `signals`, or one signal by itself.
  public record IngestBody(
      @Nullable List<@Nullable SignalBody> signals,
      @Nullable String service,
      @Nullable String metric,
      @Nullable Double value,
      @Nullable Instant at) {}

  public record IngestedView(int accepted) {}

  public record DiagnoseBody(@Nullable String service) {}

  @PostMapping("/api/health/ingest_signal")
  @ResponseStatus(HttpStatus.ACCEPTED)
  public IngestedView ingest(@RequestBody IngestBody body) {
    Instant now = clock.instant();
    List<Signal> signals = signals(body).stream().map(signal -> signal(signal, now)).toList();
    if (!backend.offer(signals)) {
      throw new Refusal(
          Problem.unavailable("overloaded", "GRACE has no room for signals now; send later"));
    }
    return new IngestedView(signals.size());
  }

  private static List<@Nullable SignalBody> signals(IngestBody body) {
    boolean isSingle = body.service() != null || body.metric() != null || body.value() != null;
    if (body.signals() == null) {
      return List.of(new SignalBody(body.service(), body.metric(), body.value(), body.at()));
    }
    if (isSingle || body.at() != null) {
      throw Refusal.invalid("send either signals or a single signal, not both");
    }
    if (body.signals().isEmpty() || body.signals().size() > MOST_SIGNALS) {
      throw Refusal.invalid(
          "signals must be 1–" + MOST_SIGNALS + " in a call: " + body.signals().size());
    }
    return body.signals();
  }

  private static Signal signal(@Nullable SignalBody body, Instant now) {
    if (body == null || body.value() == null) {
      throw Refusal.invalid("a signal has service, metric and value; value is missing");
    }
    if (!Double.isFinite(body.value())) {
      throw Refusal.invalid("value must be finite: " + body.value());
    }
    Instant at = body.at() == null ? now : body.at();
    if (at.isAfter(now.plus(CLOCK_SKEW))) {
      throw Refusal.invalid("at is in the future: " + at + ", here it is " + now);
    }
    return new Signal(
        Inputs.service(body.service()), Inputs.metric(body.metric()), body.value(), at, "api");
  }

  @GetMapping("/api/health/state")
  public Page<ServiceView> state(@RequestParam @Nullable String service) {
    Snapshot snapshot = backend.snapshot();
    List<ServiceView> all = HealthViews.services(snapshot, backend.policy().services().keySet());
    Optional<ServiceId> wanted = Inputs.anyService(service);
    if (wanted.isEmpty()) {
      return Page.whole(all);
    }
    requireKnown(wanted.get(), snapshot);
    return Page.whole(all.stream().filter(s -> s.service().equals(wanted.get().value())).toList());
  }

  /// What GRACE makes of the service now; nothing is recorded.
  @PostMapping("/api/triage/diagnose")
  public DiagnosisView diagnose(@RequestBody DiagnoseBody body) {
    ServiceId service = Inputs.service(body.service());
    Snapshot snapshot = backend.snapshot();
    requireKnown(service, snapshot);
    Health health = snapshot.health(service);
    if (!health.isSick()) {
      throw new Refusal(
          new Problem(
              409,
              "not-sick",
              "Nothing to diagnose",
              service + " is " + Words.of(health.status())));
    }
    var policy = backend.policy();
    return DiagnosisView.of(
        Diagnosing.diagnose(
            service,
            health,
            policy,
            Calls.together(policy.topology(), snapshot.sensed().calls().keySet()),
            snapshot,
            clock.instant()));
  }

  private void requireKnown(ServiceId service, Snapshot snapshot) {
    if (!backend.policy().services().containsKey(service)
        && !snapshot.health().containsKey(service)) {
      throw Refusal.notFound("no service " + service + " is declared or was heard of");
    }
  }
}
