package io.grace.lab.service;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The command line of a lab program: `--key value` pairs, each known and given once. Immutable.
record Options(Map<String, String> values) {
  Options {
    values = Map.copyOf(values);
  }

  static Options parse(String[] args, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      String key = args[i].startsWith("--") ? args[i].substring(2) : "";
      if (!known.contains(key)) {
        throw new IllegalArgumentException("option must be one of " + known + ": " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("option --" + key + " wants a value and got none");
      }
      if (values.put(key, args[i + 1]) != null) {
        throw new IllegalArgumentException("option --" + key + " is given twice");
      }
    }
    return new Options(values);
  }

  String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("option --" + key + " is missing");
    }
    return value;
  }

  Path path(String key) {
    return Path.of(text(key)).toAbsolutePath().normalize();
  }

  long number(String key, Range range) {
    return range.check("--" + key, text(key));
  }

  long number(String key, Range range, long otherwise) {
    return values.containsKey(key) ? number(key, range) : otherwise;
  }
}
