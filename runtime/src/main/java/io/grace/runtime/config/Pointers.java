package io.grace.runtime.config;

import java.util.List;
import java.util.regex.Pattern;

/// JSON pointers (RFC 6901) as texts.
final class Pointers {
  private static final Pattern SLASH = Pattern.compile("/");

  private Pointers() {}

  static String child(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  static String parent(String pointer) {
    int slash = pointer.lastIndexOf('/');
    return slash < 0 ? "" : pointer.substring(0, slash);
  }

  static List<String> steps(String pointer) {
    return SLASH
        .splitAsStream(pointer)
        .skip(1)
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  static String last(String pointer) {
    var steps = steps(pointer);
    return steps.isEmpty() ? "" : steps.getLast();
  }
}
