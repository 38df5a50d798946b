package io.grace.runtime.http;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// A declared HTTP call, made to every instance of its target in turn. *Immutable.*
///
/// @param action its name as an action, unique
/// @param targets the base URLs of the instances, looked up at each use
/// @param path what follows the base URL, such as `/features/{feature}`; a parameter named in it
///   fills exactly one segment, the others go into the query (GET, DELETE) or a JSON object (POST,
///   PUT, PATCH)
/// @param headers whose values may hold `${env:NAME}` and `${file:/path}`
/// @param expectedStatuses what counts as done; empty for every 2xx
/// @param timeout for each instance, until the answer is complete
public record HttpCall(
    String action,
    Map<ServiceId, Supplier<List<URI>>> targets,
    String method,
    String path,
    Map<String, Bound> parameters,
    Map<String, String> headers,
    Set<Integer> expectedStatuses,
    Impact impact,
    boolean reversible,
    Duration timeout) {
  private static final Set<String> METHODS = Set.of("GET", "DELETE", "POST", "PUT", "PATCH");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~%!$&'()*+,;=:@/{}?-]*)?");

  /// No step of a run may take longer.
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

  public HttpCall {
    targets = Map.copyOf(targets);
    parameters = Map.copyOf(parameters);
    headers = Map.copyOf(headers);
    expectedStatuses = Set.copyOf(expectedStatuses);
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException(
          action + ": method must be one of " + METHODS + ": " + method);
    }
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          action + ": path must begin with / and be encoded: " + path);
    }
    if (!parameters.keySet().containsAll(placeholders(path))) {
      throw new IllegalArgumentException(
          action + ": path names a parameter that is not declared: " + path);
    }
    if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          action + ": timeout must be more than 0 and at most 10 minutes: " + timeout);
    }
  }

  ActionSpec spec() {
    return new ActionSpec(
        action, HttpProvider.NAME, parameters, impact, reversible, targets.keySet());
  }

  boolean isExpected(int status) {
    return expectedStatuses.isEmpty() ? status / 100 == 2 : expectedStatuses.contains(status);
  }

  boolean hasBody() {
    return !method.equals("GET") && !method.equals("DELETE");
  }

  Set<String> pathParameters() {
    return placeholders(path);
  }

  private static Set<String> placeholders(String path) {
    var found = new HashSet<String>();
    PLACEHOLDER.matcher(path).results().forEach(it -> found.add(it.group(1)));
    return found;
  }
}
