package io.grace.cli.client;

import java.util.Optional;

/// Reads server-sent events line by line (WHATWG HTML Standard, "Server-sent events", section
/// 9.2.6). *Owned by one thread.*
public final class ServerEvents {
  private static final int LONGEST_DATA = 4 << 20;

  private final StringBuilder data = new StringBuilder();

  /// The data of the event that this line completes, if it does.
  public Optional<String> take(String line) {
    if (line.isEmpty()) {
      Optional<String> event = data.isEmpty() ? Optional.empty() : Optional.of(data.toString());
      data.setLength(0);
      return event;
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    // Comments are signs of life; the index is in the data, and names of events are as well.
    if (field.equals("data") && data.length() + value.length() <= LONGEST_DATA) {
      data.append(data.isEmpty() ? "" : "\n").append(value);
    }
    return Optional.empty();
  }
}
