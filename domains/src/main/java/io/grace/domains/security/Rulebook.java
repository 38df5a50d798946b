package io.grace.domains.security;

import io.grace.domains.security.sigma.LogSourceMap;
import io.grace.domains.security.sigma.Placeholders;
import io.grace.domains.security.sigma.RuleSet;
import io.grace.domains.security.sigma.Sigma;
import io.grace.domains.security.sigma.Unusable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The team's rules, and what rules of others are read with. *Immutable.*
///
/// @param fields of events that others than the rules ask for
record Rulebook(RuleSet own, LogSourceMap map, Set<String> fields, Placeholders placeholders) {
  private static final Logger LOG = LoggerFactory.getLogger(Rulebook.class);

  /// What logs in the common schema and sshd call the outcome of a call.
  static final List<String> OUTCOME = List.of("outcome", "event.outcome");

  private static final int MOST_REJECTIONS_LOGGED = 20;

  Rulebook {
    fields = Set.copyOf(fields);
  }

  /// @throws IOException if rules or log sources cannot be read; a single rule that cannot be used
  ///   is logged and left out
  static Rulebook read(SecuritySettings settings, List<Source> sources) throws IOException {
    Placeholders placeholders = settings.placeholders();
    RuleSet own = RuleSet.read("built-in", resource("rules.yaml"), settings.rules(), placeholders);
    log(own);
    Set<String> fields = new HashSet<>(OUTCOME);
    settings.subjects().values().forEach(fields::addAll);
    fields.addAll(Source.journaldFields());
    fields.addAll(List.of("message", "host", "program", "pid", "src_ip", "user", "method"));
    sources.forEach(source -> fields.add(source.timeField()));
    try {
      LogSourceMap map = LogSourceMap.read(resource("logsources.yaml"));
      Optional<Path> given = settings.logSources();
      if (given.isPresent()) {
        map = LogSourceMap.read(Files.readString(given.get())).with(map);
      }
      return new Rulebook(own, map, fields, placeholders);
    } catch (Unusable e) {
      throw new IOException("the log sources cannot be used: " + e.getMessage(), e);
    }
  }

  private static void log(RuleSet rules) {
    rules.rejections().stream()
        .limit(MOST_REJECTIONS_LOGGED)
        .forEach(one ->
            LOG.atWarn()
                .addKeyValue("rule", one.file())
                .addKeyValue("reason", one.reason())
                .log("a rule is not used"));
  }

  Watch watch() throws IOException {
    try {
      return watch(own, false);
    } catch (Unusable e) {
      throw new IOException("the rules cannot be used: " + e.getMessage(), e);
    }
  }

  /// Rules of others, as far as they can be used; the others are logged and left out.
  ///
  /// @throws Unusable if they cannot be used together
  Watch learned(List<RuleSet.Foreign> texts) throws Unusable {
    RuleSet rules = RuleSet.ofOthers(texts, own, placeholders);
    log(rules);
    return watch(rules, true);
  }

  private Watch watch(RuleSet rules, boolean areLearned) throws Unusable {
    Sigma engine = Sigma.of(rules, map, fields);
    return new Watch(rules, engine, engine.event(), areLearned);
  }

  private static String resource(String name) throws IOException {
    try (var in = Rulebook.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name + " beside " + Rulebook.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
