package io.grace.core.model;

import java.util.Locale;
import java.util.Optional;

/// What an incident can give for a parameter: a value, checked against the parameter's bound, never
/// a piece of text that is put together with others.
public enum Evidence {
  /// What the likeliest change made it: a version, a commit, a flag's value.
  CHANGE_REF,
  CHANGE_ID,
  /// Who made the likeliest change.
  CHANGE_BY,
  /// The dependency that is the cause.
  CAUSE,
  SEVERITY,
  CONFIDENCE,
  SYMPTOM_METRIC,
  SYMPTOM_VALUE,
  SYMPTOM_THRESHOLD;

  /// The value in this diagnosis as an argument of the wanted type; empty if it has none.
  public Optional<Argument> of(Diagnosis diagnosis, Bound bound) {
    return text(diagnosis).flatMap(text -> typed(text, bound));
  }

  private Optional<String> text(Diagnosis d) {
    var change = d.changes().stream().findFirst();
    var symptom = d.evidence().stream().findFirst();
    return switch (this) {
      case CHANGE_REF -> change.map(Change::ref).filter(ref -> !ref.isEmpty());
      case CHANGE_ID -> change.map(Change::id);
      case CHANGE_BY -> change.map(Change::by).filter(by -> !by.isEmpty());
      case CAUSE -> d.causedBy().map(ServiceId::value);
      case SEVERITY -> Optional.of(d.severity().name().toLowerCase(Locale.ROOT));
      case CONFIDENCE -> Optional.of(Double.toString(d.confidence()));
      case SYMPTOM_METRIC -> symptom.map(s -> s.metric().value());
      case SYMPTOM_VALUE -> symptom.map(s -> Double.toString(s.value()));
      case SYMPTOM_THRESHOLD -> symptom.map(s -> Double.toString(s.threshold()));
    };
  }

  private static Optional<Argument> typed(String text, Bound bound) {
    try {
      return Optional.of(
          switch (bound) {
            case Bound.WholeRange _ -> new Argument.Whole(Math.round(Double.parseDouble(text)));
            case Bound.DecimalRange _ -> new Argument.Decimal(Double.parseDouble(text));
            case Bound.TrueOrFalse _ -> new Argument.Flag(Boolean.parseBoolean(text));
            case Bound.OneOf _, Bound.Matching _ -> new Argument.Text(text);
          });
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // Not a value of this type; the same as no evidence.
    }
  }
}
