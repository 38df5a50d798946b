package io.grace.runtime.config;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Severity;
import io.grace.core.model.SourceId;
import io.grace.runtime.config.ScrapeConfig.Derivation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something outside that may tell GRACE of alerts, changes and measurements. *Immutable.*
///
/// @param expectEvery silent for longer, it counts as dead; empty if nothing is expected of it
/// @param serviceLabels the first one that an alert has names its service
/// @param severityLabel whose value is looked up in `severities`
/// @param severities what its words mean; a word that is not there is `MEDIUM`
/// @param diagnose what an alert says is wrong, by the alert's name
/// @param fingerprint the fields that tell alerts apart; empty for all labels
/// @param groupBy the fields that are damped together; empty for the service
/// @param expires an alert that is not repeated for so long is over; empty if the source says so
/// @param mapping where things stand in a body of a form that only this source has
/// @param derivations what is measured with what it pushes
public record SourceConfig(
    SourceId id,
    Kind kind,
    Auth auth,
    Optional<Duration> expectEvery,
    List<String> serviceLabels,
    String severityLabel,
    Map<String, Severity> severities,
    Map<String, DiagnosisKind> diagnose,
    List<String> fingerprint,
    List<String> groupBy,
    Optional<Duration> expires,
    Map<String, String> mapping,
    List<Derivation> derivations) {
  /// The form of what it sends.
  public enum Kind {
    /// Alertmanager's webhook, version 4.
    ALERTMANAGER,
    /// Any JSON; CEL expressions say where things stand in it.
    JSON,
    /// CloudEvents 1.0; CEL expressions say where things stand in the data.
    CLOUDEVENTS,
    /// OpenTelemetry metrics over HTTP.
    OTLP
  }

  /// How it proves who it is.
  public sealed interface Auth {
    /// @param secret a reference, such as `file:/run/secrets/alertmanager`
    String secret();

    record Bearer(String secret) implements Auth {}

    /// HMAC-SHA256 over `<time-stamp>.<body>`.
    ///
    /// @param replayWindow an older or later time-stamp is refused
    record Hmac(
        String secret, String signatureHeader, String timestampHeader, Duration replayWindow)
        implements Auth {}
  }

  public static final List<String> SERVICE_LABELS = List.of("service", "app", "job");

  public static final Map<String, Severity> SEVERITIES =
      Map.of(
          "critical", Severity.CRITICAL,
          "page", Severity.CRITICAL,
          "error", Severity.HIGH,
          "high", Severity.HIGH,
          "warning", Severity.MEDIUM,
          "medium", Severity.MEDIUM,
          "info", Severity.LOW,
          "low", Severity.LOW,
          "none", Severity.LOW);

  public SourceConfig {
    serviceLabels = List.copyOf(serviceLabels);
    severities = Map.copyOf(severities);
    diagnose = Map.copyOf(diagnose);
    fingerprint = List.copyOf(fingerprint);
    groupBy = List.copyOf(groupBy);
    mapping = Map.copyOf(mapping);
    derivations = List.copyOf(derivations);
  }
}
