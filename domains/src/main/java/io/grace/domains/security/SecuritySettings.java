package io.grace.domains.security;

import io.grace.core.spi.Secrets;
import io.grace.domains.security.sigma.AddressRange;
import io.grace.domains.security.sigma.Level;
import io.grace.domains.security.sigma.LogSource;
import io.grace.domains.security.sigma.Placeholders;
import io.grace.domains.security.sigma.Unusable;
import io.grace.runtime.config.Durations;
import io.grace.runtime.domain.House;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a team may say about the hunter; the schema in `domain.yaml` has checked its form.
/// *Immutable.*
///
/// @param settings as written
/// @param house relative paths are relative to its base
record SecuritySettings(JsonNode settings, House house) {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration LEARN_EVERY = Duration.ofMinutes(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final List<String> CALLER_FIELDS =
      List.of("src_ip", "source.ip", "SourceIp", "client_ip", "caller");
  private static final List<String> TOKEN_FIELDS = List.of("token_name");
  private static final List<String> PROCESS_FIELDS = List.of("process_name");

  List<Path> rules() {
    return texts(settings.path("rules")).stream().map(house::resolve).toList();
  }

  Optional<Path> logSources() {
    return text(settings, "log_sources").map(house::resolve);
  }

  Placeholders placeholders() {
    Map<String, List<String>> values = new HashMap<>();
    settings
        .path("placeholders")
        .properties()
        .forEach(one -> values.put(one.getKey(), texts(one.getValue())));
    return new Placeholders(values);
  }

  Level isolateAt() throws IOException {
    try {
      return Level.of(settings.path("isolate_at").asString("high"));
    } catch (Unusable e) {
      throw new IOException("isolate_at: " + e.getMessage(), e);
    }
  }

  Duration window() {
    return text(settings, "window").flatMap(Durations::parse).orElse(WINDOW);
  }

  /// How often knowledge is asked for threat patterns.
  Duration learnEvery() {
    return text(settings, "learn_every").flatMap(Durations::parse).orElse(LEARN_EVERY);
  }

  /// By kind, the fields that name a subject; the first that an event has counts.
  Map<Subject.Kind, List<String>> subjects() {
    JsonNode given = settings.path("subjects");
    return Map.of(
        Subject.Kind.CALLER, fields(given.path("caller"), CALLER_FIELDS),
        Subject.Kind.TOKEN, fields(given.path("token"), TOKEN_FIELDS),
        Subject.Kind.PROCESS, fields(given.path("process"), PROCESS_FIELDS));
  }

  private static List<String> fields(JsonNode given, List<String> otherwise) {
    return given.isMissingNode() ? otherwise : texts(given);
  }

  Callers callers(QuarantineList list) {
    List<AddressRange> ranges = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String one : texts(settings.path("trusted"))) {
      try {
        ranges.add(AddressRange.of(one));
      } catch (Unusable _) {
        names.add(one);
      }
    }
    return new Callers(ranges, names, list);
  }

  Optional<NetworkPolicy> networkPolicy() {
    JsonNode given = settings.path("network_policy");
    Secrets secrets = house.secrets();
    return text(given, "url")
        .map(url ->
            new NetworkPolicy(
                url,
                text(given, "token").orElse(""),
                secrets,
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()));
  }

  Map<String, DeclaredProcess> processes() {
    Map<String, DeclaredProcess> processes = new HashMap<>();
    settings
        .path("processes")
        .properties()
        .forEach(one -> {
          JsonNode given = one.getValue();
          processes.put(
              one.getKey(),
              new DeclaredProcess(
                  one.getKey(),
                  house.resolve(given.path("pid_file").asString()),
                  given.path("program").asString(),
                  texts(given.path("start"))));
        });
    return processes;
  }

  List<Source> sources(AuditTrail audit) {
    List<Source> sources = new ArrayList<>();
    for (JsonNode given : settings.path("sources")) {
      sources.add(source(given, "source-" + sources.size()));
    }
    var own = new LogSource("", "grace", "audit");
    sources.add(new Source("audit", audit, Source.Form.JSON, own, "at"));
    return List.copyOf(sources);
  }

  private Source source(JsonNode given, String memory) {
    boolean isJson = given.path("format").asString("json").equals("json");
    boolean isJournal = given.has("journal");
    String linux = isJson && !isJournal ? "" : "linux";
    String auth = isJson && !isJournal ? "" : "auth";
    var from =
        new LogSource(
            text(given, "category").orElse(""),
            text(given, "product").orElse(linux),
            text(given, "service").orElse(auth));
    LineSource lines =
        isJournal
            ? new JournalChild(
                given.path("journal").path("program").asString("journalctl"),
                texts(given.path("journal").path("units")))
            : new LogFile(
                house.resolve(given.path("file").asString()),
                house.directory().resolve(memory + ".position"),
                given.path("from").asString("end").equals("start"));
    return new Source(
        given.path("name").asString(memory),
        lines,
        isJson || isJournal ? Source.Form.JSON : Source.Form.AUTH,
        from,
        text(given, "time_field").orElse(""));
  }

  private static Optional<String> text(JsonNode of, String key) {
    JsonNode value = of.path(key);
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.asString());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.asString()));
    return List.copyOf(texts);
  }
}
