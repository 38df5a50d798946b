package io.grace.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.event.Event;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.MetaCycled;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.RunObserved;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.StepAnswered;
import io.grace.core.event.Event.StepDecided;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.model.Action;
import io.grace.core.model.Advice;
import io.grace.core.model.Argument;
import io.grace.core.model.BlastRadius;
import io.grace.core.model.Bound;
import io.grace.core.model.Candidate;
import io.grace.core.model.Check;
import io.grace.core.model.Circumstances;
import io.grace.core.model.Condition;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.Impact;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetaCycle;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Plan;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.Receipt;
import io.grace.core.model.Retries;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Symptom;
import io.grace.core.model.Term;
import io.grace.core.model.Verification;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class EventCodecTest {
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00.123456Z");
  private static final Hash POLICY = Hash.sha256("policy");
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final RunId RUN = new RunId("r-000001");
  private static final IncidentId INCIDENT = new IncidentId("i-000001");

  static Stream<Event> events() {
    return Stream.concat(
        story().stream(),
        Stream.of(
            new StepDecided(RUN, 1, Plan.Result.NONE, "none holds", AT),
            new StepAnswered(RUN, 3, "ann", new Argument.Whole(3), "sure", AT)));
  }

  private static List<Event> story() {
    Symptom symptom =
        new Symptom(new MetricId("error_ratio"), 0.25, 0.05, 6.5, Optional.empty(), "test");
    Diagnosis diagnosis =
        new Diagnosis(
            ORDERS,
            new DiagnosisKind("elevated_errors"),
            Severity.HIGH,
            0.8,
            List.of(symptom),
            Optional.of(new ServiceId("payments")),
            List.of(),
            "because \"so\" é \u0001");
    Verification verification =
        new Verification(
            List.of(
                new Check(
                    Optional.of(ORDERS), new MetricId("error_ratio"), Check.Comparison.LESS, 0.05)),
            Duration.ofSeconds(3),
            3,
            6,
            Duration.ofSeconds(30));
    Action action =
        new Action(
            "toggle_flag",
            ORDERS,
            Map.of(
                "flag", new Argument.Text("new_pricing"),
                "state", new Argument.Flag(false),
                "n", new Argument.Whole(-3),
                "d", new Argument.Decimal(1e-7)));
    Plan plan =
        new Plan(
            new PlaybookId("rollback_flag"),
            2,
            ORDERS,
            List.of(),
            List.of(
                step(
                    "off",
                    new Plan.Act(
                        action,
                        Duration.ofSeconds(10),
                        Retries.NONE,
                        Optional.of(verification),
                        Optional.of(action),
                        false)),
                step(
                    "which",
                    new Plan.Choose(
                        List.of(
                            verification.success(),
                            new Condition.Any(
                                List.of(
                                    new Condition.Not(
                                        new Condition.Is(
                                            new Condition.Is.Subject.Step("off"),
                                            Plan.Result.DONE)),
                                    new Condition.Compare(
                                        new Term.Arithmetic(
                                            new Term.Answer("many"),
                                            Term.Operator.TIMES,
                                            new Term.Number(2)),
                                        Check.Comparison.AT_LEAST,
                                        new Term.Measured(
                                            Optional.of(ORDERS), new MetricId("up")))))))),
                step(
                    "wait",
                    new Plan.Await(new Condition.Constant(false), Duration.ofSeconds(1), true)),
                step(
                    "many",
                    new Plan.Ask(
                        "how many?",
                        new Bound.WholeRange(1, 3),
                        Duration.ofSeconds(1),
                        Optional.of(new Argument.Whole(2)))),
                step("judge", new Plan.Judge(verification)),
                step("pace", new Plan.Pacing(0, verification.success()))),
            List.of(new Plan.Group("each", 2, 1, 2)),
            verification,
            Impact.MEDIUM,
            true,
            Duration.ofMinutes(2));
    Proposal proposal =
        new Proposal(
            INCIDENT,
            diagnosis,
            plan,
            Hash.sha256("plan"),
            POLICY,
            new BlastRadius(
                Set.of(ORDERS), Set.of(new ServiceId("gateway"), new ServiceId("a")), 5),
            "grace",
            Mode.AUTONOMOUS,
            List.of(
                new Candidate(
                    new PlaybookId("rollback_flag"),
                    0.7,
                    Optional.of(new Candidate.Between(0.5, 0.9)),
                    0.98,
                    "why",
                    Optional.empty())),
            new Circumstances(0.4, 30),
            List.of(new Advice(Advice.Adviser.ROOT_CAUSE, "orders (0.90): cpu", 0.9)));
    List<Receipt> receipts =
        List.of(new Receipt("kill_switch", Receipt.Ruling.PASSED, "not paused"));
    return List.of(
        new LifeStarted(1, "0.1", POLICY, Mode.AUTONOMOUS, AT),
        new HealthChanged(
            ORDERS,
            Health.Status.UNKNOWN,
            new Health(Health.Status.CRITICAL, 0.8, List.of(symptom)),
            AT),
        new IncidentOpened(INCIDENT, ORDERS, Hash.sha256("f"), Severity.HIGH, AT),
        new IncidentDiagnosed(INCIDENT, diagnosis, AT),
        new RunProposed(RUN, proposal, receipts, "would act", AT.plusSeconds(60), AT),
        new RunApproved(RUN, "ann", Hash.sha256("plan"), Event.ApprovalScope.PLAN, "ok", AT),
        new RunAdmitted(RUN, receipts, AT.plusSeconds(100), AT),
        new StepStarted(RUN, 0, 0, 1, receipts, AT),
        new StepEnded(RUN, 0, 0, StepOutcome.FAILED, "no", AT),
        new MetaCycled(MetaCycle.NONE, AT));
  }

  private static Entry entry(Event event) {
    Draft d = EventCodec.draft(event);
    return new Entry(1, 1, d.at(), d.actor(), d.kind(), d.subject(), d.payload(), POLICY, POLICY);
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventSurvivesTheJournal(Event event) {
    Event back = EventCodec.event(entry(event));

    assertEquals(event, back);
  }

  @ParameterizedTest
  @MethodSource("events")
  void theSameEventIsAlwaysTheSameText(Event event) {
    String text = EventCodec.draft(event).payload();

    assertEquals(text, EventCodec.draft(EventCodec.event(entry(event))).payload());
    assertFalse(text.contains("\"at\":\"" + AT), "the time stands in the entry");
  }

  @Test
  void aSnapshotSurvivesAsBytes() {
    Snapshot snapshot = Snapshot.EMPTY.after(story());

    assertEquals(snapshot, SnapshotCodec.snapshot(SnapshotCodec.bytes(snapshot)));
    assertFalse(snapshot.beliefs().isEmpty(), "the story taught something");
  }

  @Test
  void anOpenRunSurvivesAsBytes() {
    Snapshot snapshot = Snapshot.EMPTY.after(story().subList(0, 8));

    assertEquals(snapshot, SnapshotCodec.snapshot(SnapshotCodec.bytes(snapshot)));
    assertEquals(1, snapshot.runs().size());
  }

  @Test
  void anUnknownKindIsRefusedWithItsName() {
    Entry good = entry(story().getFirst());
    Entry odd =
        new Entry(1, 1, AT, "grace", "life.enjoyed", "grace", good.payload(), POLICY, POLICY);

    var thrown = assertThrows(IllegalArgumentException.class, () -> EventCodec.event(odd));
    assertEquals(true, String.valueOf(thrown.getMessage()).contains("life.enjoyed"));
  }

  @Test
  void anUnknownPropertyIsRefused() {
    Entry good = entry(new RunObserved(RUN, "x", true, Duration.ofSeconds(1), AT));
    Entry odd =
        new Entry(
            1,
            1,
            AT,
            "grace",
            good.kind(),
            "r",
            good.payload().replace("{", "{\"extra\":1,"),
            POLICY,
            POLICY);

    assertThrows(JacksonException.class, () -> EventCodec.event(odd));
  }

  @Test
  void propertiesAndSetsAreSorted() {
    String text = EventCodec.draft(story().get(4)).payload();

    int dependents = text.indexOf("\"dependents\":[\"a\",\"gateway\"]");
    assertEquals(true, dependents > 0, text);
    requireSorted(Json.MAPPER.readTree(text));
  }

  private static void requireSorted(JsonNode node) {
    var names = List.copyOf(node.propertyNames());
    assertEquals(List.copyOf(new TreeSet<>(names)), names);
    node.forEach(EventCodecTest::requireSorted);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "0.05,0.05",
    "1e21,1e+21",
    "1e20,100000000000000000000",
    "1e-7,1e-7",
    "0.000001,0.000001",
    "-0.0,0",
    "123456.789,123456.789",
    "5e-324,5e-324",
    "1.7976931348623157e308,1.7976931348623157e+308",
    "-2.5,-2.5",
    "333333333.33333329,333333333.3333333",
    "4.35,4.35",
    "1e-5,0.00001",
    "295147905179352830000,295147905179352830000"
  })
  void numbersReadAsInEcmaScript(double value, String wanted) {
    assertEquals(wanted, EcmaScript.number(value));
  }

  private static Plan.Step step(String name, Plan.Work work) {
    var guard = new Plan.Guard(0, Set.of(Plan.Result.DONE, new Argument.Flag(true)));
    return name.equals("off")
        ? new Plan.Step(name, work, List.of(), List.of(), Optional.empty())
        : new Plan.Step(name, work, List.of(0), List.of(guard), Optional.of(new Plan.Slot(0, 1)));
  }
}
