package io.grace.cli.client;

import io.grace.cli.host.Failure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A path of the API with its query. *Immutable.*
public record Query(String path) {
  private static final int LONGEST_ID = 120;

  public static Query of(String path) {
    return new Query(path);
  }

  /// Appends `/id`.
  ///
  /// @throws Failure if it cannot be an id: it must not be able to name another path
  public Query id(String what, String id) throws Failure {
    return id(what, id, "grace " + what + "s");
  }

  /// Appends `/id`.
  ///
  /// @param list the command that lists them
  /// @throws Failure if it cannot be an id
  public Query id(String what, String id, String list) throws Failure {
    boolean isName =
        !id.isEmpty()
            && id.length() <= LONGEST_ID
            && id.chars().allMatch(Query::isAllowed)
            && id.chars().anyMatch(c -> c != '.');
    if (!isName) {
      throw new Failure(
          Failure.Kind.USAGE,
          what + " must be 1-" + LONGEST_ID + " of letters, digits, '.', '_', '-'",
          "copy it from the list: " + list);
    }
    return new Query(path + "/" + id);
  }

  public Query sub(String name) {
    return new Query(path + "/" + name);
  }

  /// Adds a parameter, unless it is absent.
  public Query with(String name, @Nullable Object value) {
    return value == null
        ? this
        : new Query(
            path
                + (path.indexOf('?') < 0 ? "?" : "&")
                + name
                + "="
                + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
