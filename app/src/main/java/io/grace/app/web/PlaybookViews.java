package io.grace.app.web;

import io.grace.app.web.PlanViews.RetriesView;
import io.grace.app.web.PlanViews.VerificationView;
import io.grace.core.model.Condition;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Playbooks in the words of the API.
public final class PlaybookViews {
  private PlaybookViews() {}

  /// @param wanted such as `a whole number from -3 to 3`
  /// @param standard the default; null if every service must set it
  /// @param from what the incident gives for it; null if nothing
  public record ParameterView(String wanted, Optional<Object> standard, Optional<String> from) {
    static ParameterView of(Playbook.Parameter p) {
      return new ParameterView(
          p.bound().wanted(), p.defaultValue().map(PlanViews::plain), p.from().map(Words::of));
    }
  }

  /// @param kind `compensation`, `not_needed` or `irreversible`
  public record UndoView(String kind, Optional<CallView> call, Optional<String> why) {
    static UndoView of(Undo undo) {
      return switch (undo) {
        case Undo.Compensation(Call call) ->
            new UndoView("compensation", Optional.of(CallView.of(call)), Optional.empty());
        case Undo.NotNeeded(String why) ->
            new UndoView("not_needed", Optional.empty(), Optional.of(why));
        case Undo.Irreversible() ->
            new UndoView("irreversible", Optional.empty(), Optional.empty());
      };
    }
  }

  /// @param target null for the service of the incident
  /// @param arguments a value, or `{"parameter": name}`
  public record CallView(
      String action, Optional<String> target, SortedMap<String, Object> arguments) {
    static CallView of(Call c) {
      var arguments = new TreeMap<String, Object>();
      c.arguments().forEach((name, source) -> arguments.put(name, argument(source)));
      return new CallView(c.action(), c.target().map(ServiceId::value), arguments);
    }

    private static Object argument(Source source) {
      return switch (source) {
        case Source.Literal(var value) -> PlanViews.plain(value);
        case Source.FromParameter(String name) -> Map.of("parameter", name);
      };
    }
  }

  /// @param kind `action`, `branch`, `parallel`, `for_each`, `wait`, `ask`, `ladder` or `playbook`
  /// @param call null if the step does not act; so are retries, check and undo
  /// @param says what it waits for, asks or goes over, in words
  /// @param lists the lists of steps within it
  public record PlaybookStepView(
      String name,
      String kind,
      Optional<CallView> call,
      Optional<String> says,
      Optional<Long> timeoutMs,
      Optional<RetriesView> retries,
      Optional<VerificationView> check,
      Optional<UndoView> undo,
      List<StepsView> lists) {
    static PlaybookStepView of(Node node) {
      return switch (node) {
        case Node.Step s ->
            new PlaybookStepView(
                s.name(),
                "action",
                Optional.of(CallView.of(s.call())),
                Optional.empty(),
                Optional.of(s.timeout().toMillis()),
                Optional.of(RetriesView.of(s.retries())),
                s.check().map(VerificationView::of),
                Optional.of(UndoView.of(s.undo())),
                List.of());
        case Node.Branch b -> {
          var lists = new ArrayList<StepsView>();
          b.arms().forEach(arm -> lists.add(StepsView.of(arm.when().toString(), arm.steps())));
          lists.add(StepsView.of("otherwise", b.otherwise()));
          yield part(b, "branch", Optional.empty(), Optional.empty(), lists);
        }
        case Node.Parallel p ->
            part(
                p,
                "parallel",
                Optional.empty(),
                Optional.empty(),
                p.arms().stream().map(a -> StepsView.of("at the same time", a)).toList());
        case Node.ForEach f ->
            part(
                f,
                "for_each",
                Optional.of(items(f.items())),
                Optional.empty(),
                List.of(StepsView.of("for each", f.steps())));
        case Node.Wait w ->
            part(w, "wait", Optional.of(w.until().toString()), Optional.of(w.timeout()), List.of());
        case Node.Question q ->
            part(
                q,
                "ask",
                Optional.of(q.text() + " (" + q.answer().wanted() + ")"),
                Optional.of(q.timeout()),
                List.of());
        case Node.Ladder l ->
            part(
                l,
                "ladder",
                Optional.of(l.until().toString()),
                Optional.of(l.patience()),
                l.rungs().stream().map(rung -> StepsView.of("rung", rung)).toList());
        case Node.Sub s ->
            part(
                s,
                "playbook",
                Optional.of(s.playbook().id().value()),
                Optional.empty(),
                List.of(StepsView.of(s.playbook().title(), s.playbook().steps())));
      };
    }

    private static PlaybookStepView part(
        Node node,
        String kind,
        Optional<String> says,
        Optional<Duration> timeout,
        List<StepsView> lists) {
      return new PlaybookStepView(
          node.name(),
          kind,
          Optional.empty(),
          says,
          timeout.map(Duration::toMillis),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          lists);
    }

    private static String items(Playbook.Items items) {
      return switch (items) {
        case Playbook.Items.Listed(List<ServiceId> services) ->
            String.join(", ", services.stream().map(ServiceId::value).toList());
        case Playbook.Items.Related(var relation, int most) ->
            "at most " + most + " " + Words.of(relation);
      };
    }
  }

  /// @param when under which condition, in words
  public record StepsView(String when, List<PlaybookStepView> steps) {
    static StepsView of(String when, List<Node> steps) {
      return new StepsView(when, steps.stream().map(PlaybookStepView::of).toList());
    }
  }

  public record PlaybookView(
      String id,
      int version,
      String title,
      List<String> treats,
      String impact,
      boolean reversible,
      double prior,
      long timeoutMs,
      SortedMap<String, ParameterView> parameters,
      List<String> preconditions,
      List<PlaybookStepView> steps,
      VerificationView verification) {
    public static PlaybookView of(Playbook p) {
      var parameters = new TreeMap<String, ParameterView>();
      p.parameters().forEach((name, value) -> parameters.put(name, ParameterView.of(value)));
      return new PlaybookView(
          p.id().value(),
          p.version(),
          p.title(),
          p.treats().stream().sorted().map(DiagnosisKind::value).toList(),
          Words.of(p.impact()),
          p.isReversible(),
          p.prior(),
          p.timeout().toMillis(),
          parameters,
          p.preconditions().stream().map(Condition::toString).toList(),
          p.steps().stream().map(PlaybookStepView::of).toList(),
          VerificationView.of(p.verification()));
    }
  }
}
