package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.web.SensingViews.AlertView;
import io.grace.app.web.SensingViews.ChangeView;
import io.grace.app.web.SensingViews.EdgeView;
import io.grace.app.web.SensingViews.SloView;
import io.grace.app.web.SensingViews.TriggersView;
import io.grace.core.loop.Command;
import io.grace.core.model.Change;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloReading;
import io.grace.core.state.AlertState;
import io.grace.core.state.Sensed;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What was heard from outside: alerts, changes, objectives, calls.
@RestController
public final class SensingApi {
  /// Of a trigger: its kind, its source and a service.
  private static final int LONGEST_ID = 400;

  private final Backend backend;
  private final Commander commander;
  private final InstantSource clock;

  SensingApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
    this.commander = new Commander(backend);
  }

  /// The alerts that are on, the newest first.
  @GetMapping("/api/alerts")
  public Page<AlertView> alerts(
      @RequestParam @Nullable String service,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after) {
    Optional<ServiceId> wanted = Inputs.anyService(service);
    int most = Inputs.limit(limit);
    Sensed sensed = backend.snapshot().sensed();
    List<AlertState> all =
        sensed.alerts().values().stream()
            .filter(a -> wanted.map(w -> w.equals(a.alert().service())).orElse(true))
            .sorted(
                Comparator.comparing(AlertState::since)
                    .reversed()
                    .thenComparing(a -> a.alert().fingerprint()))
            .toList();
    return Page.first(
        after == null ? all : behind(all, after),
        most,
        a -> a.alert().fingerprint().value(),
        AlertView::of);
  }

  private static List<AlertState> behind(List<AlertState> all, String after) {
    var hash = Inputs.hash(after);
    return all.stream().dropWhile(a -> !a.alert().fingerprint().equals(hash)).skip(1).toList();
  }

  /// The changes of the last while, the newest first.
  @GetMapping("/api/changes")
  public Page<ChangeView> changes(@RequestParam @Nullable String service) {
    Optional<ServiceId> wanted = Inputs.anyService(service);
    return Page.whole(
        backend.snapshot().sensed().changes().entrySet().stream()
            .filter(e -> wanted.map(w -> w.equals(e.getKey())).orElse(true))
            .flatMap(e -> e.getValue().stream())
            .sorted(Comparator.comparing(Change::at).reversed().thenComparing(Change::id))
            .limit(Inputs.MOST_ITEMS)
            .map(ChangeView::of)
            .toList());
  }

  /// How the objectives stand, the one with the least budget left first.
  @GetMapping("/api/slos")
  public Page<SloView> slos() {
    return Page.whole(
        backend.snapshot().sensed().slos().values().stream()
            .sorted(
                Comparator.comparingDouble(SloReading::budgetLeft).thenComparing(SloReading::slo))
            .map(SloView::of)
            .toList());
  }

  /// What was found or foretold, and how often each source was right.
  @GetMapping("/api/triggers")
  public TriggersView triggers() {
    return SensingViews.triggers(backend.snapshot().sensed(), clock.instant());
  }

  /// @param trigger its id
  /// @param isTrue whether there was anything to it
  public record JudgeBody(
      @Nullable String trigger, @Nullable Boolean isTrue, @Nullable String reason) {}

  /// Says whether there was anything to what a trigger said; its source is believed accordingly.
  @PostMapping("/api/triggers/judge")
  public TriggersView judge(@RequestBody JudgeBody body, Principal person) {
    String trigger = body.trigger();
    if (trigger == null || trigger.isEmpty() || trigger.length() > LONGEST_ID) {
      throw Refusal.invalid("trigger must be the id of one, see /api/triggers");
    }
    if (body.isTrue() == null) {
      throw Refusal.invalid("is_true must be true or false");
    }
    commander.perform(
        new Command.Judge(trigger, body.isTrue(), person.getName(), Inputs.reason(body.reason())));
    return triggers();
  }

  /// Who calls whom, and who says so.
  @GetMapping("/api/topology")
  public Page<EdgeView> topology() {
    return Page.whole(SensingViews.edges(backend.policy().topology(), backend.snapshot().sensed()));
  }
}
