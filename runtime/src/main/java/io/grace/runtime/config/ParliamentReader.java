package io.grace.runtime.config;

import io.grace.core.policy.Parliament;
import java.util.List;

/// Reads who votes on policies.
final class ParliamentReader {
  private ParliamentReader() {}

  static Parliament read(Cursor cursor) {
    var standard = Parliament.OFF;
    List<String> members = cursor.at("members").list(Cursor::text);
    int most = members.isEmpty() ? standard.quorum() : members.size() / 2 + 1;
    return cursor
        .make(() ->
            new Parliament(
                members,
                cursor.at("quorum").whole(most),
                cursor.at("majority").decimal(standard.majority()),
                cursor.at("motion_limit").duration(standard.motionLimit()),
                cursor.at("required").flag(standard.binds())))
        .orElse(standard);
  }
}
