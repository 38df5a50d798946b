package io.grace.cli;

import io.grace.cli.host.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs commands as a shell would, without a machine around them.
///
/// @param typed what a person types; only read on a terminal
record Shell(Map<String, String> environment, List<Path> homes, boolean isTerminal, String typed) {
  record Result(int status, String out, String err) {}

  static Shell at(FakeGrace grace) {
    return new Shell(
        Map.of("GRACE_URL", grace.url(), "GRACE_TOKEN", FakeGrace.TOKEN), List.of(), false, "");
  }

  Shell with(String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return new Shell(more, homes, isTerminal, typed);
  }

  Shell without(String name) {
    var fewer = new HashMap<>(environment);
    fewer.remove(name);
    return new Shell(fewer, homes, isTerminal, typed);
  }

  Shell in(Path home) {
    return new Shell(environment, List.of(home), isTerminal, typed);
  }

  Shell typing(String line) {
    return new Shell(environment, homes, true, line + "\n");
  }

  Result run(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var host =
        new Host(
            environment,
            homes,
            new BufferedReader(new StringReader(typed)),
            new PrintWriter(out),
            new PrintWriter(err),
            () -> isTerminal,
            _ -> {});
    int status = Main.run(host, args);
    return new Result(status, out.toString(), err.toString());
  }

  /// An answer of the server, as the API documents it.
  static String answer(String name) {
    return resource("/api/" + name + ".json");
  }

  static String resource(String path) {
    try (var in = Shell.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
