package io.grace.runtime.ingest;

import io.grace.core.model.Alert;
import io.grace.core.model.Hash;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.runtime.config.SourceConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes of what a source tells an alert in GRACE's words: whose it is, how bad, and which others
/// are the same. *Immutable.*
final class AlertRules {
  private final SourceConfig config;

  AlertRules(SourceConfig config) {
    this.config = config;
  }

  /// @throws Unreadable if the fields that tell alerts apart are not there: all would be one
  Report report(Told told, Instant now) throws Unreadable {
    Hash fingerprint = hash("fingerprint", told, config.fingerprint());
    if (!told.isFiring()) {
      return new Report.Ended(fingerprint);
    }
    Optional<ServiceId> service = service(told);
    String summary =
        service.isPresent() ? told.summary() : "(no service is named) " + told.summary();
    return new Report.Firing(
        new Alert(
            fingerprint,
            config.groupBy().isEmpty()
                ? Hash.sha256(config.id() + "\n" + service.map(ServiceId::value).orElse(""))
                : hash("group_by", told, config.groupBy()),
            config.id(),
            Clean.text(told.name(), Alert.LONGEST_NAME),
            service.orElse(config.id().node()),
            severity(told),
            Optional.ofNullable(config.diagnose().get(told.name())),
            labels(told.labels()),
            Clean.text(summary, Alert.LONGEST_SUMMARY),
            told.startsAt(),
            config.expires().map(now::plus)));
  }

  /// Says that a group was longer than what was sent.
  Report truncated(long left, String group, Instant now) {
    return new Report.Firing(
        new Alert(
            Hash.sha256(config.id() + "\ntruncated\n" + group),
            Hash.sha256(config.id() + "\ntruncated"),
            config.id(),
            "TruncatedGroup",
            config.id().node(),
            Severity.MEDIUM,
            Optional.empty(),
            Map.of(),
            Clean.text(
                left + " alerts of the group " + group + " were left out by the sender",
                Alert.LONGEST_SUMMARY),
            now,
            Optional.of(now.plusSeconds(3600))));
  }

  private Optional<ServiceId> service(Told told) {
    var named = new ArrayList<String>();
    told.service().ifPresent(named::add);
    config.serviceLabels().forEach(label -> named.add(told.labels().getOrDefault(label, "")));
    for (String name : named) {
      try {
        return Optional.of(new ServiceId(name));
      } catch (IllegalArgumentException _) {
        // The next one may be a name.
      }
    }
    return Optional.empty();
  }

  private Severity severity(Told told) {
    String word =
        told.severity().isEmpty()
            ? told.labels().getOrDefault(config.severityLabel(), "")
            : told.severity();
    return config.severities().getOrDefault(word.toLowerCase(Locale.ROOT), Severity.MEDIUM);
  }

  /// Fields with their lengths, so that no two lists of them read the same.
  private Hash hash(String what, Told told, List<String> fields) throws Unreadable {
    var values = new TreeMap<String, String>();
    if (fields.isEmpty()) {
      values.putAll(told.labels());
      values.put("name", told.name());
      told.service().ifPresent(s -> values.put("service", s));
    }
    for (String field : fields) {
      var value = value(told, field);
      if (!value.isEmpty()) {
        values.put(field, value);
      }
    }
    if (values.isEmpty()) {
      throw Unreadable.unacceptable(
          what + " of source " + config.id() + " matches nothing: the alert has none of " + fields);
    }
    var text = new StringBuilder().append(config.id()).append('\n');
    values.forEach((field, value) ->
        text.append(field.length())
            .append(':')
            .append(field)
            .append(value.length())
            .append(':')
            .append(value));
    return Hash.sha256(text.toString());
  }

  private static String value(Told told, String field) {
    return switch (field) {
      case "name" -> told.name();
      case "service" -> told.service().orElse(told.labels().getOrDefault("service", ""));
      case "severity" ->
          told.severity().isEmpty() ? told.labels().getOrDefault("severity", "") : told.severity();
      default -> told.labels().getOrDefault(field, "");
    };
  }

  private static Map<String, String> labels(Map<String, String> told) {
    var labels = new TreeMap<String, String>();
    for (var label : new TreeMap<>(told).entrySet()) {
      if (labels.size() == Alert.MOST_LABELS) {
        break;
      }
      labels.put(
          Clean.text(label.getKey(), Alert.LONGEST_LABEL),
          Clean.text(label.getValue(), Alert.LONGEST_LABEL));
    }
    return labels;
  }
}
