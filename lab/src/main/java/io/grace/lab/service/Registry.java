package io.grace.lab.service;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Who is ready, and on which port: a file for each instance, written when it can serve and removed
/// when it stops in order. A crash leaves its file behind, as crashes do, and callers find out by
/// being refused. Immutable.
final class Registry {
  /// A hundred instances of a service is a mistake, not a lab.
  private static final int MAX_INSTANCES = 100;

  private final LabDir dir;

  Registry(LabDir dir) {
    this.dir = dir;
  }

  void enter(ServiceInstance instance, int port) throws IOException {
    LabDir.write(dir.registry(instance), Integer.toString(port));
  }

  /// Removes the entry, unless a successor has already written its own.
  void leave(ServiceInstance instance, int port) throws IOException {
    Path path = dir.registry(instance);
    if (Files.exists(path) && Files.readString(path).strip().equals(Integer.toString(port))) {
      Files.deleteIfExists(path);
    }
  }

  /// The ports of a service's instances, in order of their names.
  List<Integer> ports(ServiceName service) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(dir.registry(), service.id() + "-*")) {
      for (Path entry : found) {
        if (entries.size() < MAX_INSTANCES) {
          entries.add(entry);
        }
      }
    }
    entries.sort(Comparator.naturalOrder());
    List<Integer> ports = new ArrayList<>();
    for (Path entry : entries) {
      try {
        ports.add((int) Range.PORT.check(entry.toString(), Files.readString(entry).strip()));
      } catch (NoSuchFileException _) {
        // It stopped between the listing and the reading.
      }
    }
    return List.copyOf(ports);
  }
}
