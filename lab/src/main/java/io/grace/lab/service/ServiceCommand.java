package io.grace.lab.service;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The command lines of the lab's programs, for whoever starts them or writes a configuration that
/// does.
public final class ServiceCommand {
  /// Small, quick to start, and dead rather than half alive when the heap is full.
  private static final List<String> FLAGS =
      List.of(
          "-Xmx48m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xshare:auto",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError");

  private ServiceCommand() {}

  /// @param classpath where this package's classes are; [#classpath()] knows
  /// @param port 0 for any free one; the registry says which it became
  /// @param parent id of the process whose end ends this one
  public static List<String> service(
      Path classpath, ServiceInstance instance, Path dir, int port, long parent) {
    return java(
        classpath,
        LabService.class,
        List.of(
            "--name",
            instance.service().id(),
            "--instance",
            Integer.toString(instance.number()),
            "--dir",
            dir.toString(),
            "--port",
            Integer.toString(port),
            "--parent",
            Long.toString(parent)));
  }

  /// @param rate requests a second
  public static List<String> load(Path classpath, Path dir, int rate, Duration time, long parent) {
    return java(
        classpath,
        Load.class,
        List.of(
            "--dir",
            dir.toString(),
            "--rate",
            Integer.toString(rate),
            "--seconds",
            Long.toString(time.toSeconds()),
            "--parent",
            Long.toString(parent)));
  }

  /// The folder or archive that this class was loaded from.
  public static Path classpath() {
    try {
      return Path.of(
          ServiceCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the lab's classes are in no folder or archive", e);
    }
  }

  private static List<String> java(Path classpath, Class<?> main, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(classpath.toString());
    command.add(main.getName());
    command.addAll(options);
    return List.copyOf(command);
  }
}
