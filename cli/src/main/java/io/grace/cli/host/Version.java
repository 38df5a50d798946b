package io.grace.cli.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version that this command was built as.
public final class Version {
  private static final String BUILT = "/META-INF/maven/io.grace/grace-cli/pom.properties";

  /// As the build wrote it into the jar; `unpackaged` when it runs from class files.
  public static final String TEXT = read();

  private Version() {}

  private static String read() {
    try (var in = Version.class.getResourceAsStream(BUILT)) {
      if (in == null) {
        return "unpackaged";
      }
      var built = new Properties();
      built.load(in);
      return built.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
