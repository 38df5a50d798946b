package io.grace.app.web;

import io.grace.app.guard.BodyLimit;
import io.grace.app.guard.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says what is wrong with a body, in words that name no class of GRACE.
final class Unreadable {
  private Unreadable() {}

  static Problem problem(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof BodyLimit.Exceeded e) {
        return Problem.tooLarge(e.limit());
      }
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof UnrecognizedPropertyException e) {
        return unknown(e);
      }
      if (t instanceof MismatchedInputException e) {
        return mismatched(e);
      }
      if (t instanceof JacksonException e) {
        return Problem.badRequest("malformed-json", "the body is no valid JSON" + at(e));
      }
    }
    return Problem.badRequest("malformed-json", "a JSON object is wanted as the body");
  }

  private static Problem unknown(UnrecognizedPropertyException e) {
    String name = e.getPropertyName();
    Collection<Object> ids = e.getKnownPropertyIds();
    var known = new TreeSet<String>();
    if (ids != null) {
      ids.forEach(id -> known.add(String.valueOf(id)));
    }
    String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
    String hint =
        Nearest.to(name, known)
            .map(n -> "; did you mean '" + n + "'?")
            .orElse("; known are " + String.join(", ", known));
    return new Problem(
        400,
        "unknown-property",
        "Bad request",
        "unknown property '" + shown + "'" + hint,
        Map.of("property", shown));
  }

  private static Problem mismatched(MismatchedInputException e) {
    if (e.getOriginalMessage().startsWith("Trailing token")) {
      return Problem.badRequest("malformed-json", "nothing may follow the JSON object" + at(e));
    }
    String path = path(e.getPath());
    String wanted = wanted(e.getTargetType());
    return Problem.badRequest(
        "wrong-type", (path.isEmpty() ? "the body" : path) + " must be " + wanted + at(e));
  }

  private static String path(List<JacksonException.Reference> references) {
    var path = new StringBuilder();
    for (var reference : references) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.toString();
  }

  private static String wanted(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class)) {
      return "a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    if (Instant.class.isAssignableFrom(type)) {
      return "a time such as 2026-01-31T09:30:00Z";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static String at(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null || Objects.equals(location, TokenStreamLocation.NA)
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
