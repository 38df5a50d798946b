package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.web.HealthViews.ServiceView;
import io.grace.app.web.LogViews.HeadView;
import io.grace.app.web.SensingViews.StormView;
import io.grace.core.loop.Command;
import io.grace.core.state.Snapshot;
import io.grace.runtime.loop.LoopThread;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// GRACE as a whole: how it does, and the kill switch.
@RestController
public final class SystemApi {
  /// The loop cycles ten times a second; silent for so long, it hangs.
  private static final Duration HANGS_AFTER = Duration.ofSeconds(30);

  private final Backend backend;
  private final Commander commander;
  private final InstantSource clock;

  SystemApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.commander = new Commander(backend);
    this.clock = clock;
  }

  /// @param worstLateMs by how much a cycle ended later than it should have, at worst in this life
  public record LoopView(
      String state, String detail, Instant lastCycle, long cycles, long worstLateMs) {
    static LoopView of(LoopThread.Status s) {
      return new LoopView(
          Words.of(s.state()), s.detail(), s.lastCycle(), s.cycles(), s.worstLate().toMillis());
    }
  }

  /// @param status `up`, `degraded` or `down`
  public record HealthView(String status, LoopView loop, HeadView journal, String version) {}

  public record PauseView(String by, String reason, Instant since) {}

  public record LifeView(long epoch, Instant since, String policy) {}

  public record MetaView(
      long number, String focus, String guardrail, int distress, List<String> evidence) {}

  public record StatusView(
      String version,
      String mode,
      Optional<PauseView> paused,
      LifeView life,
      MetaView meta,
      List<ServiceView> services,
      int openIncidents,
      int openRuns,
      int alerts,
      Optional<StormView> storm,
      HeadView journal) {}

  public record ReasonBody(@Nullable String reason) {}

  public record PausedView(Optional<PauseView> paused) {}

  @GetMapping("/api/health")
  public ResponseEntity<HealthView> health() {
    var loop = backend.loopStatus();
    String status = status(loop, clock.instant());
    var view =
        new HealthView(status, LoopView.of(loop), HeadView.of(backend.head()), backend.version());
    return ResponseEntity.status(status.equals("down") ? 503 : 200).body(view);
  }

  private static String status(LoopThread.Status loop, Instant now) {
    return switch (loop.state()) {
      case STOPPED -> "down";
      case STARTING, JOURNAL_UNAVAILABLE -> "degraded";
      case RUNNING -> now.isAfter(loop.lastCycle().plus(HANGS_AFTER)) ? "down" : "up";
    };
  }

  @GetMapping("/api/status")
  public StatusView status() {
    Snapshot s = backend.snapshot();
    var policy = backend.policy();
    var meta = s.metaCycle();
    return new StatusView(
        backend.version(),
        Words.of(policy.ceiling()),
        paused(s),
        new LifeView(s.life().epoch(), s.life().since(), s.life().policy().value()),
        new MetaView(
            meta.number(),
            Words.of(meta.focus()),
            Words.of(meta.guardrail()),
            meta.distress(),
            meta.evidence()),
        HealthViews.services(s, policy.services().keySet()),
        s.openIncidents().size(),
        s.runs().size(),
        s.sensed().alerts().size(),
        s.sensed().storm().map(StormView::of),
        HeadView.of(backend.head()));
  }

  private static Optional<PauseView> paused(Snapshot s) {
    return s.pause().map(p -> new PauseView(p.by(), p.reason(), p.since()));
  }

  @PostMapping("/api/pause")
  public PausedView pause(@RequestBody ReasonBody body, Principal person) {
    commander.perform(new Command.Pause(person.getName(), Inputs.reason(body.reason())));
    return new PausedView(paused(backend.snapshot()));
  }

  @PostMapping("/api/resume")
  public PausedView resume(@RequestBody ReasonBody body, Principal person) {
    commander.perform(new Command.Resume(person.getName(), Inputs.reason(body.reason())));
    return new PausedView(paused(backend.snapshot()));
  }
}
