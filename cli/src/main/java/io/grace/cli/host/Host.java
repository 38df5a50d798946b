package io.grace.cli.host;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// All that a command may see of the machine it runs on. *Immutable*, but its streams are not.
///
/// @param homes where `.grace/token` is looked for, in this order
/// @param isTerminal whether a person reads and types
/// @param pause waits; tests do not
public record Host(
    Map<String, String> environment,
    List<Path> homes,
    BufferedReader in,
    PrintWriter out,
    PrintWriter err,
    BooleanSupplier isTerminal,
    Pause pause) {
  /// Waits between two looks at the server.
  public interface Pause {
    void of(Duration time);
  }

  public Host {
    environment = Map.copyOf(environment);
    homes = List.copyOf(homes);
  }

  /// This machine. Output is UTF-8 whatever the locale says, because JSON is.
  public static Host real() {
    String installed = System.getProperty("grace.home");
    return new Host(
        System.getenv(),
        installed == null ? List.of(Path.of("")) : List.of(Path.of(""), Path.of(installed)),
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        Host::hasConsole,
        time -> LockSupport.parkNanos(time.toNanos()));
  }

  private static PrintWriter writer(FileDescriptor to) {
    return new PrintWriter(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  private static boolean hasConsole() {
    var console = System.console();
    return console != null && console.isTerminal();
  }

  /// A setting; blank counts as absent.
  public Optional<String> setting(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
