package io.grace.domains.security.sigma;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which log sources an event belongs to: by the channel or file that it came from, and by what it
/// says. *Immutable.*
///
/// @param channels by the field `Channel` of Windows events
/// @param files by where a file lies
/// @param refinements what an event of a source is besides
public record LogSourceMap(
    List<Channel> channels, List<Files> files, List<Refinement> refinements) {
  public static final LogSourceMap NONE = new LogSourceMap(List.of(), List.of(), List.of());

  static final String CHANNEL = "Channel";
  private static final String CHANNEL_PREFIX = "WinEventLog:";
  private static final String FILE_PREFIX = "File:";

  /// A bit each in a number.
  static final int MOST_REFINEMENTS = 64;

  public record Channel(String name, LogSource source) {}

  /// @param glob such as `/var/log/auth.log*`
  public record Files(String glob, LogSource source) {}

  /// An event of a source that fits some conditions is also one of another.
  ///
  /// @param of where it applies
  /// @param conditions by field, the values of which it must have one
  /// @param fields by the name that rules use, the name in the event
  public record Refinement(
      LogSource of,
      Map<String, List<String>> conditions,
      LogSource source,
      Map<String, String> fields) {
    public Refinement {
      conditions = Map.copyOf(conditions);
      fields = Map.copyOf(fields);
    }
  }

  public LogSourceMap {
    channels = List.copyOf(channels);
    files = List.copyOf(files);
    refinements = List.copyOf(refinements);
  }

  /// Both; what this one says of a channel or file counts first.
  public LogSourceMap with(LogSourceMap other) {
    return new LogSourceMap(
        both(channels, other.channels),
        both(files, other.files),
        both(refinements, other.refinements));
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    other.stream().filter(entry -> !one.contains(entry)).forEach(all::add);
    return all;
  }

  /// Of an event from this file; empty if no entry is about it.
  public Optional<LogSource> ofFile(Path file) {
    return files.stream()
        .filter(
            entry -> FileSystems.getDefault().getPathMatcher("glob:" + entry.glob).matches(file))
        .map(Files::source)
        .findFirst();
  }

  /// Reads a map in the form that Sigma's converters use: `logsources`, by any name, each with
  /// `category`, `product`, `service` and either `sources`, or `conditions` with `rewrite` and
  /// `fieldmappings`.
  ///
  /// @throws Unusable if it is not in this form
  public static LogSourceMap read(String yaml) throws Unusable {
    List<Channel> channels = new ArrayList<>();
    List<Files> files = new ArrayList<>();
    List<Refinement> refinements = new ArrayList<>();
    for (Map<?, ?> document : SigmaYaml.documents(yaml)) {
      for (Object entry : RuleReader.map(document, "logsources").values()) {
        if (!(entry instanceof Map<?, ?> map)) {
          throw new Unusable("a log source must be a map: " + entry);
        }
        LogSource source = RuleReader.readSource(map);
        for (String place : RuleReader.texts(map, "sources")) {
          place(place, source, channels, files);
        }
        if (map.containsKey("rewrite")) {
          refinements.add(refinement(map, source));
        }
      }
    }
    return new LogSourceMap(channels, files, refinements);
  }

  private static void place(
      String place, LogSource source, List<Channel> channels, List<Files> files) throws Unusable {
    if (place.startsWith(CHANNEL_PREFIX)) {
      channels.add(new Channel(place.substring(CHANNEL_PREFIX.length()), source));
    } else if (place.startsWith(FILE_PREFIX)) {
      files.add(new Files(place.substring(FILE_PREFIX.length()), source));
    } else {
      throw new Unusable("a source must begin with WinEventLog: or File: " + place);
    }
  }

  private static Refinement refinement(Map<?, ?> map, LogSource source) throws Unusable {
    LogSource of = RuleReader.readSource(RuleReader.map(map, "rewrite"));
    Map<String, List<String>> conditions = new HashMap<>();
    for (Map.Entry<?, ?> condition : RuleReader.map(map, "conditions").entrySet()) {
      conditions.put(String.valueOf(condition.getKey()), texts(condition.getValue()));
    }
    Map<String, String> fields = new HashMap<>();
    if (map.containsKey("fieldmappings")) {
      RuleReader.map(map, "fieldmappings")
          .forEach((rule, event) -> fields.put(String.valueOf(rule), String.valueOf(event)));
    }
    // What it says of the source that it applies to stays true of what it is besides.
    LogSource refined =
        new LogSource(
            source.category(),
            source.product().isEmpty() ? of.product() : source.product(),
            source.service().isEmpty() ? of.service() : source.service());
    return new Refinement(of, conditions, refined, fields);
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
