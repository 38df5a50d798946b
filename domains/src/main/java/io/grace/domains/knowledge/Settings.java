package io.grace.domains.knowledge;

import io.grace.runtime.domain.House;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the team may say about its knowledge. *Immutable.*
///
/// @param refresh how often sources are looked at for news
/// @param verify how often the index on disk is compared with what was written
/// @param roundLimit how long one look at a source may take
/// @param halfLife after which trust that nobody renewed has lost half of what it is above the
///   floor
record Settings(
    List<SourceSpec> sources,
    Duration refresh,
    Duration verify,
    Duration measure,
    Duration roundLimit,
    Duration halfLife) {

  /// @throws IOException if a source cannot be meant; the message says which
  static Settings read(JsonNode settings, House house) throws IOException {
    var sources = new ArrayList<SourceSpec>();
    var names = new HashSet<String>();
    for (JsonNode source : settings.path("sources")) {
      var spec = source(source, house);
      if (!names.add(spec.name())) {
        throw new IOException("two sources of knowledge are called " + spec.name());
      }
      sources.add(spec);
    }
    return new Settings(
        List.copyOf(sources),
        seconds(settings, "refresh_seconds", 300),
        seconds(settings, "verify_seconds", 60),
        Duration.ofMillis(settings.path("measure_millis").asLong(10_000)),
        seconds(settings, "round_limit_seconds", 600),
        Duration.ofDays(settings.path("trust_half_life_days").asLong(30)));
  }

  private static Duration seconds(JsonNode settings, String name, long otherwise) {
    return Duration.ofSeconds(settings.path(name).asLong(otherwise));
  }

  private static SourceSpec source(JsonNode source, House house) throws IOException {
    String name = source.path("name").asString("");
    boolean isFolder = source.has("folder");
    if (isFolder == source.has("git")) {
      throw new IOException("source " + name + " needs either folder or git");
    }
    String location =
        isFolder
            ? house.resolve(source.path("folder").asString("")).toString()
            : repository(name, source.path("git").asString(""), house);
    return new SourceSpec(
        name,
        isFolder ? SourceSpec.Kind.FOLDER : SourceSpec.Kind.GIT,
        location,
        text(source, "branch"),
        source.path("provenance").asDouble(0.5),
        text(source, "owner"));
  }

  /// A path, or an address without credentials: those do not belong into a file.
  private static String repository(String name, String location, House house) throws IOException {
    if (!location.contains("://")) {
      return house.resolve(location).toString();
    }
    URI address;
    try {
      address = URI.create(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("source " + name + ": git is no address: " + e.getMessage(), e);
    }
    String host = String.valueOf(address.getHost());
    boolean isLoopback = host.equals("localhost") || host.equals("127.0.0.1");
    boolean isSafe =
        "https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && isLoopback);
    if (!isSafe || address.getUserInfo() != null) {
      throw new IOException(
          "source " + name + ": git must be a path, or an https address without user and password");
    }
    return location;
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.of(node.path(name).asString("")).filter(text -> !text.isBlank());
  }
}
