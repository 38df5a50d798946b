package io.grace.domains.security;

import io.grace.core.spi.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// A declared outside system that keeps traffic away: `PUT` of its address for a caller or network
/// blocks, `DELETE` lets go; both may be repeated. *Thread-safe.*
///
/// @param url in which `{subject}` stands for the caller or network, as one segment
/// @param token reference to a bearer token, or empty
record NetworkPolicy(String url, String token, Secrets secrets, HttpClient http) {
  static final String PLACE = "{subject}";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int NOT_FOUND = 404;

  /// @return why not, or empty if it is in force
  Optional<String> block(Subject subject) throws InterruptedException {
    return call("PUT", subject);
  }

  /// @return why not, or empty if it is gone
  Optional<String> release(Subject subject) throws InterruptedException {
    return call("DELETE", subject);
  }

  private Optional<String> call(String method, Subject subject) throws InterruptedException {
    String segment = URLEncoder.encode(subject.value(), StandardCharsets.UTF_8).replace("+", "%20");
    var request =
        HttpRequest.newBuilder(URI.create(url.replace(PLACE, segment)))
            .timeout(TIMEOUT)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      var secret = secrets.resolve(token);
      if (secret.isEmpty()) {
        return Optional.of("the token of the network policy is not there");
      }
      request.header("Authorization", "Bearer " + secret.get().reveal());
    }
    try {
      int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      boolean isDone = status / 100 == 2 || (method.equals("DELETE") && status == NOT_FOUND);
      return isDone
          ? Optional.empty()
          : Optional.of("the network policy answered " + status + " for " + subject);
    } catch (IOException e) {
      return Optional.of(
          "the network policy did not answer for " + subject + ": " + e.getClass().getSimpleName());
    }
  }
}
