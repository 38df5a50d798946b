package io.grace.runtime.http;

import io.grace.core.model.Action;
import io.grace.core.model.Argument;
import io.grace.core.spi.Secrets;
import io.grace.runtime.secrets.SecretText;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Builds the request of a declared call. Arguments are passed as values and never become part of
/// the structure: percent-encoded in the URL, written by the JSON writer in the body.
final class Requests {
  private static final JsonMapper json = JsonMapper.builder().build();

  private Requests() {}

  /// @throws Refused if an argument or a header cannot be sent
  static HttpRequest.Builder of(HttpCall call, URI base, Action action, Secrets secrets)
      throws Refused, SecretText.MissingSecret {
    var inPath = call.pathParameters();
    var others = new TreeMap<>(action.arguments());
    others.keySet().removeAll(inPath);
    var url = new StringBuilder(withoutSlash(base.toString())).append(path(call, action));
    if (!call.hasBody() && !others.isEmpty()) {
      url.append(url.indexOf("?") < 0 ? '?' : '&').append(query(others));
    }
    var request = HttpRequest.newBuilder(URI.create(url.toString()));
    if (call.hasBody() && !others.isEmpty()) {
      request.method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body(others)));
      request.setHeader("Content-Type", "application/json");
    } else {
      request.method(call.method(), HttpRequest.BodyPublishers.noBody());
    }
    for (var header : call.headers().entrySet()) {
      var value = new SecretText(header.getValue()).reveal(secrets).reveal();
      try {
        request.setHeader(header.getKey(), value);
      } catch (IllegalArgumentException _) {
        // Without the cause, whose message shows the value.
        throw new Refused("header " + header.getKey() + " or its value may not be sent");
      }
    }
    return request;
  }

  private static String path(HttpCall call, Action action) throws Refused {
    var path = call.path();
    for (var parameter : call.pathParameters()) {
      var text = action.arguments().get(parameter) + "";
      if (text.isEmpty() || text.equals(".") || text.equals("..")) {
        throw new Refused(parameter + " cannot be a segment of a path: '" + text + "'");
      }
      path = path.replace("{" + parameter + "}", encoded(text));
    }
    return path;
  }

  private static String query(Map<String, Argument> arguments) {
    return arguments.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue().toString()))
        .collect(Collectors.joining("&"));
  }

  private static byte[] body(Map<String, Argument> arguments) {
    var object = new TreeMap<String, Object>();
    arguments.forEach((name, argument) -> object.put(name, plain(argument)));
    return json.writeValueAsBytes(object);
  }

  private static Object plain(Argument argument) {
    return switch (argument) {
      case Argument.Text(String value) -> value;
      case Argument.Whole(long value) -> value;
      case Argument.Decimal(double value) -> value;
      case Argument.Flag(boolean value) -> value;
    };
  }

  // URLEncoder writes forms, where a blank is a plus and a star stays.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String withoutSlash(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  /// The call cannot be made as asked; nothing was sent.
  static final class Refused extends Exception {
    Refused(String why) {
      super(why);
    }
  }
}
