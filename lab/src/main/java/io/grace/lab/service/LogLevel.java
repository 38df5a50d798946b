package io.grace.lab.service;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// How much a service logs: `INFO`, or another level until its time is up. Thread-safe.
final class LogLevel {
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    static Level of(String text) {
      for (Level level : values()) {
        if (level.name().equals(text)) {
          return level;
        }
      }
      throw new IllegalArgumentException(
          "level must be one of " + Arrays.toString(values()) + ": " + text);
    }
  }

  /// @param until epoch milliseconds; 0 for the level that holds when nothing was asked for
  record Setting(Level level, long until) {
    static final Setting NORMAL = new Setting(Level.INFO, 0);
  }

  private final SharedFile<Setting> setting;

  LogLevel(LabDir dir, ServiceName service) {
    setting = new SharedFile<>(dir.logLevel(service), LogLevel::parse);
  }

  Setting at(Instant now) {
    Setting asked = setting.value();
    return now.toEpochMilli() < asked.until ? asked : Setting.NORMAL;
  }

  void set(Level level, Duration ttl, Instant now) throws IOException {
    setting.write(level + "\t" + now.plus(ttl).toEpochMilli());
  }

  private static Setting parse(Optional<String> content) {
    String text = content.orElse("").strip();
    int tab = text.indexOf('\t');
    return tab < 0
        ? Setting.NORMAL
        : new Setting(Level.of(text.substring(0, tab)), Long.parseLong(text.substring(tab + 1)));
  }
}
