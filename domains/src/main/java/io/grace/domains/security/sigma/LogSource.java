package io.grace.domains.security.sigma;

/// Where events come from, or which events a rule is about; an empty part stands for any.
/// *Immutable.*
public record LogSource(String category, String product, String service) {
  public static final LogSource ANY = new LogSource("", "", "");

  /// Whether a rule about this source is about events of that one.
  public boolean covers(LogSource event) {
    return covers(category, event.category)
        && covers(product, event.product)
        && covers(service, event.service);
  }

  private static boolean covers(String wanted, String found) {
    return wanted.isEmpty() || wanted.equals(found);
  }

  @Override
  public String toString() {
    return "[category=" + category + ", product=" + product + ", service=" + service + "]";
  }
}
