package io.grace.app.web;

import java.util.Locale;

/// Names of choices as the API writes them.
public final class Words {
  private Words() {}

  /// `ROLLED_BACK` is `rolled_back`.
  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
