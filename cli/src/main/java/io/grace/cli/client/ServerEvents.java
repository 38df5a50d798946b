package io.grace.cli.client;

import java.util.Optional;

/// Reads server-sent events line by line (WHATWG HTML Standard, "Server-sent events", section
/// 9.2.6). *Owned by one thread.*
public final class ServerEvents {
  private static final int LONGEST_DATA = 4 << 20;

  /// @param id where to resume
  public record Event(Optional<String> id, String data) {}

  private final StringBuilder data = new StringBuilder();
  private Optional<String> id = Optional.empty();

  /// The event that this line completes, if it does.
  public Optional<Event> take(String line) {
    if (line.isEmpty()) {
      Optional<Event> event =
          data.isEmpty() ? Optional.empty() : Optional.of(new Event(id, data.toString()));
      data.setLength(0);
      return event;
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "id" -> id = isIndex(value) ? Optional.of(value) : id;
      case "data" -> append(value);
      default -> {
        // Comments are signs of life; names of events and retry times are not used.
      }
    }
    return Optional.empty();
  }

  private void append(String value) {
    if (data.length() + value.length() <= LONGEST_DATA) {
      data.append(data.isEmpty() ? "" : "\n").append(value);
    }
  }

  /// It goes back in a header, so nothing but digits may.
  private static boolean isIndex(String value) {
    return !value.isEmpty()
        && value.length() <= 19
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
