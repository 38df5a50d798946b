package io.grace.domains;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Texts that lie beside the classes.
public final class Text {
  private Text() {}

  /// The `domain.yaml` beside the class.
  ///
  /// @throws IllegalStateException if there is none
  public static String definition(Class<?> beside) {
    try (var in = beside.getResourceAsStream("domain.yaml")) {
      if (in == null) {
        throw new IllegalStateException("no domain.yaml beside " + beside.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
