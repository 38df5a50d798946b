package io.grace.runtime.process;

import io.grace.core.model.ServiceId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A directory in which every instance on this machine says where it listens: a file
/// `<service>-<instance>` that holds a port. *Thread-safe.*
public final class InstanceRegistry {
  /// More instances than one machine runs; a fuller directory is a mistake.
  private static final int INSTANCES_MAX = 1_000;

  private static final Pattern PORT = Pattern.compile("\\d{1,5}");

  private static final Logger log = LoggerFactory.getLogger(InstanceRegistry.class);

  private final Path dir;

  public InstanceRegistry(Path dir) {
    this.dir = dir;
  }

  /// The ports of the instances by their numbers. Empty while there is no directory; a file without
  /// a port is passed over, for it may be being written.
  public SortedMap<Integer, Integer> ports(ServiceId service) {
    var ports = new TreeMap<Integer, Integer>();
    if (!Files.isDirectory(dir)) {
      return ports;
    }
    try (var files = Files.newDirectoryStream(dir, path -> number(service, path).isPresent())) {
      for (var file : files) {
        if (ports.size() >= INSTANCES_MAX) {
          log.atWarn().addKeyValue("dir", dir).log("too many instances are registered");
          break;
        }
        var port = port(file);
        if (port.isPresent()) {
          ports.put(number(service, file).orElseThrow(), port.get());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.atWarn().addKeyValue("dir", dir).setCause(e).log("the registry cannot be read");
    }
    return ports;
  }

  public Optional<Integer> port(ServiceId service, int instance) {
    return port(file(service, instance));
  }

  /// Where the instances answer, in the order of their numbers: `http://127.0.0.1:8081`.
  public List<URI> uris(ServiceId service) {
    return ports(service).values().stream()
        .map(port -> URI.create("http://127.0.0.1:" + port))
        .toList();
  }

  /// The same, looked up at each use.
  public Supplier<List<URI>> of(ServiceId service) {
    return () -> uris(service);
  }

  /// Forgets an instance that was ended and could not take its file away itself.
  void forget(ServiceId service, int instance) throws IOException {
    Files.deleteIfExists(file(service, instance));
  }

  private Path file(ServiceId service, int instance) {
    return dir.resolve(service + "-" + instance);
  }

  private static Optional<Integer> number(ServiceId service, Path file) {
    return InstanceNames.number(service, file, "");
  }

  private static Optional<Integer> port(Path file) {
    try (var in = Files.newInputStream(file)) {
      var text = new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip();
      if (PORT.matcher(text).matches()) {
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? Optional.of(port) : Optional.empty();
      }
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
