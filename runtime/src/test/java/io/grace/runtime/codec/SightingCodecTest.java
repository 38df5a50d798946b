package io.grace.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.event.Sighting;
import io.grace.core.model.Alert;
import io.grace.core.model.Causes;
import io.grace.core.model.Change;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Edge;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading;
import io.grace.core.model.SourceId;
import io.grace.core.model.Trigger;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What was heard survives the journal and the saved state.
class SightingCodecTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:00:00.123456Z");
  private static final ServiceId ORDERS = new ServiceId("orders");

  private static final Alert ALERT =
      new Alert(
          Hash.sha256("a"),
          Hash.sha256("g"),
          new SourceId("pager"),
          "Down é",
          ORDERS,
          Severity.HIGH,
          Optional.of(new DiagnosisKind("service_down")),
          Map.of("instance", "10.0.0.1:9100"),
          "it is \"down\"",
          NOW,
          Optional.of(NOW.plusSeconds(60)));

  private static final Trigger TRIGGER =
      new Trigger(
          Trigger.Kind.ML_DRIFT_DETECTED,
          "drift latency_ms",
          Optional.of(ORDERS),
          0.8,
          "much",
          NOW,
          NOW);

  private static final List<Sighting> ALL =
      List.of(
          new Sighting.AlertHeld(ALERT, NOW.plusSeconds(5), "once_after 5 s", NOW),
          new Sighting.AlertFired(ALERT, NOW),
          new Sighting.AlertEased(ALERT.fingerprint(), ORDERS, NOW.plusSeconds(5), NOW),
          new Sighting.StormBegan(60, 3, "much", NOW),
          new Sighting.CallsSeen(
              "graph", List.of(new Edge(ORDERS, new ServiceId("payments"))), NOW),
          new Sighting.ChangeSeen(
              new Change(
                  "d-1",
                  ORDERS,
                  Change.Kind.DEPLOY,
                  "v2",
                  "ann",
                  "new",
                  List.of(new Change.Commit("1a2b", "ann", "x")),
                  NOW),
              NOW),
          new Sighting.SloMeasured(
              new SloReading(
                  new SloId("checkout"),
                  ORDERS,
                  0.999,
                  -0.5,
                  List.of(new SloReading.Burn("5m", 14.4)),
                  SloReading.Alarm.PAGE,
                  "burns",
                  NOW),
              NOW),
          new Sighting.TriggerFired(TRIGGER, NOW),
          new Sighting.CausesRanked(
              new IncidentId("i-000001"),
              new Causes(
                  List.of(
                      new Causes.Cause(
                          ORDERS, Optional.of(new MetricId("cpu_ratio")), 0.8, "it rose")),
                  0.1,
                  0.05),
              NOW));

  private static final List<Sighting> ENDS =
      List.of(
          new Sighting.AlertCleared(ALERT.fingerprint(), ORDERS, "its source says so", NOW),
          new Sighting.StormEnded(7, "calm", NOW),
          new Sighting.CallsForgotten(List.of(new Edge(ORDERS, new ServiceId("payments"))), NOW),
          new Sighting.TriggerJudged(
              TRIGGER.key(),
              Trigger.Outcome.CAME_TRUE,
              Optional.of(Duration.ofSeconds(90)),
              "it was so",
              "ann",
              NOW),
          new Sighting.IncidentMerged(
              new IncidentId("i-000001"), new IncidentId("i-000002"), 0.5, "calls", "grace", NOW),
          new Sighting.IncidentSplit(new IncidentId("i-000001"), "another", "ann", NOW));

  @Test
  void everySightingReadsBackAsItWas() {
    var all = new ArrayList<>(ALL);
    all.addAll(ENDS);

    for (Sighting event : all) {
      Draft draft = EventCodec.draft(event);
      var entry =
          new Entry(
              1,
              1,
              draft.at(),
              draft.actor(),
              draft.kind(),
              draft.subject(),
              draft.payload(),
              Hash.sha256(""),
              Hash.sha256("x"));
      assertEquals(event, EventCodec.event(entry));
    }
    assertEquals(
        Sighting.class.getPermittedSubclasses().length - 2 + 4 + 2,
        all.stream().map(Object::getClass).distinct().count(),
        "a new sighting belongs into this test");
  }

  @Test
  void savedStateHoldsWhatWasHeard() {
    Snapshot snapshot = Snapshot.EMPTY.after(ALL);

    assertEquals(snapshot, SnapshotCodec.snapshot(SnapshotCodec.bytes(snapshot)));
    Snapshot after = snapshot.after(ENDS.subList(0, 4));
    assertEquals(after, SnapshotCodec.snapshot(SnapshotCodec.bytes(after)));
  }
}
