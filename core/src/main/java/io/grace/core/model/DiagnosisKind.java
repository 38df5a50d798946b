package io.grace.core.model;

/// What is wrong with a service, as the triage names it, such as `latency_spike`. *Immutable.*
public record DiagnosisKind(String value) implements Comparable<DiagnosisKind> {
  public DiagnosisKind {
    Names.require("diagnosis", value);
  }

  @Override
  public int compareTo(DiagnosisKind other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
