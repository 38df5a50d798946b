package io.grace.runtime.secrets;

import io.grace.core.spi.Secrets;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Hands out secrets for one action and blots them out of whatever comes back from it, such as a
/// program's output. *Thread-safe.*
public final class Redactor implements Secrets {
  /// Blotting out anything shorter would garble the text and protect nothing.
  private static final int SHORTEST = 4;

  /// More than a detail for people holds; the rest is left out.
  private static final int EXCERPT = 500;

  private final Secrets secrets;
  private final Set<String> handedOut = ConcurrentHashMap.newKeySet();

  public Redactor(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Optional<Secret> resolve(String reference) {
    var secret = secrets.resolve(reference);
    secret.map(Secret::reveal).filter(it -> it.length() >= SHORTEST).ifPresent(handedOut::add);
    return secret;
  }

  /// What people may see of a foreign text: its beginning, without secrets, and with control
  /// characters spelled out so that it cannot play with a terminal.
  public String excerpt(String text) {
    var safe = text;
    for (var secret :
        handedOut.stream().sorted(Comparator.comparing(String::length).reversed()).toList()) {
      safe = safe.replace(secret, "…");
    }
    var shown = new StringBuilder();
    safe.strip().codePoints().limit(EXCERPT).forEach(c -> append(shown, c));
    return safe.strip().length() > EXCERPT ? shown.append(" …").toString() : shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\t' -> shown.append("\\t");
      default -> {
        if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
          shown.append(String.format("\\u%04x", c));
        } else {
          shown.appendCodePoint(c);
        }
      }
    }
  }
}
