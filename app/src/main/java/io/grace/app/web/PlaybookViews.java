package io.grace.app.web;

import io.grace.app.web.PlanViews.RetriesView;
import io.grace.app.web.PlanViews.VerificationView;
import io.grace.core.model.Check;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.ServiceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Playbooks in the words of the API.
final class PlaybookViews {
  private PlaybookViews() {}

  /// @param wanted such as `a whole number from -3 to 3`
  /// @param standard the default; null if every service must set it
  record ParameterView(String wanted, Optional<Object> standard) {
    static ParameterView of(Playbook.Parameter p) {
      return new ParameterView(p.bound().wanted(), p.defaultValue().map(PlanViews::plain));
    }
  }

  /// @param kind `compensation`, `not_needed` or `irreversible`
  record UndoView(String kind, Optional<CallView> call, Optional<String> why) {
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
  record CallView(String action, Optional<String> target, SortedMap<String, Object> arguments) {
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

  record PlaybookStepView(
      String name,
      String action,
      Optional<String> target,
      SortedMap<String, Object> arguments,
      long timeoutMs,
      RetriesView retries,
      Optional<VerificationView> check,
      UndoView undo) {
    static PlaybookStepView of(Playbook.Step s) {
      CallView call = CallView.of(s.call());
      return new PlaybookStepView(
          s.name(),
          call.action(),
          call.target(),
          call.arguments(),
          s.timeout().toMillis(),
          RetriesView.of(s.retries()),
          s.check().map(VerificationView::of),
          UndoView.of(s.undo()));
    }
  }

  record PlaybookView(
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
    static PlaybookView of(Playbook p) {
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
          p.preconditions().stream().map(Check::toString).toList(),
          p.steps().stream().map(PlaybookStepView::of).toList(),
          VerificationView.of(p.verification()));
    }
  }
}
