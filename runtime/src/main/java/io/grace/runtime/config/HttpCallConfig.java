package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An action that is an HTTP call to every instance of its target. *Immutable.*
///
/// @param path what follows the base URL; a parameter named in it as `{flag}` fills one segment,
///   the others go into the query (GET, DELETE) or a JSON object
/// @param headers values may hold `${env:NAME}` and `${file:/path}`
/// @param expected the statuses that count as done; empty for every 2xx
/// @param timeout for each instance
public record HttpCallConfig(
    String action,
    Map<ServiceId, TargetsConfig> targets,
    String method,
    String path,
    Map<String, Bound> parameters,
    Map<String, String> headers,
    Set<Integer> expected,
    Impact impact,
    boolean reversible,
    Duration timeout) {
  /// The name of the provider that performs it.
  public static final String PROVIDER = "http";

  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~%!$&'()*+,;=:@/{}?-]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public HttpCallConfig {
    targets = Map.copyOf(targets);
    parameters = Map.copyOf(parameters);
    headers = Map.copyOf(headers);
    expected = Set.copyOf(expected);
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("path must begin with / and be encoded: " + path);
    }
    var undeclared =
        PLACEHOLDER
            .matcher(path)
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    undeclared.removeAll(parameters.keySet());
    if (!undeclared.isEmpty()) {
      throw new IllegalArgumentException(
          "path names parameters that are not declared: " + String.join(", ", undeclared));
    }
    if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout must be more than 0 and at most 10m: " + Shown.duration(timeout));
    }
  }

  public ActionSpec spec() {
    return new ActionSpec(action, PROVIDER, parameters, impact, reversible, targets.keySet());
  }
}
