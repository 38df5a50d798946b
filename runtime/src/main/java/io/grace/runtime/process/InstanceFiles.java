package io.grace.runtime.process;

import io.grace.core.model.Hash;
import io.grace.core.model.ServiceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The instances that were started, one file each, so that they are found again after a crash.
final class InstanceFiles {
  private static final Logger log = LoggerFactory.getLogger(InstanceFiles.class);

  private static final JsonMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /// As it is in the file.
  private record Line(
      String service,
      int instance,
      long pid,
      String startInstant,
      String identity,
      String commandHash,
      String key) {}

  private final Path dir;

  InstanceFiles(Path dir) throws IOException {
    this.dir = dir;
    if (!Files.isDirectory(dir)) {
      Files.createDirectories(dir);
      if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        // The services' output lies here, and nobody else's eyes are wanted on it.
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  /// In the order of their numbers.
  List<Instance> list(ServiceId service) {
    var found = new ArrayList<Instance>();
    try (var files =
        Files.newDirectoryStream(
            dir, path -> InstanceNames.number(service, path, ".json").isPresent())) {
      for (var file : files) {
        try {
          found.add(read(file));
        } catch (IOException | JacksonException | DateTimeException | IllegalArgumentException e) {
          // Its process is then not known to run; better than none of the others being known.
          log.atError()
              .addKeyValue("file", file)
              .setCause(e)
              .log("an instance's file cannot be read; end its process by hand, then the file");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the instances in " + dir + " cannot be listed", e);
    }
    found.sort(Comparator.comparingInt(Instance::number));
    return List.copyOf(found);
  }

  /// Returns when it is durable.
  void write(Instance instance) throws IOException {
    var line =
        new Line(
            instance.service().value(),
            instance.number(),
            instance.pid(),
            instance.started().toString(),
            instance.identity(),
            instance.commandHash().value(),
            instance.key());
    var file = file(instance.service(), instance.number(), ".json");
    var next = file.resolveSibling(file.getFileName() + ".next");
    try (var channel =
        FileChannel.open(
            next,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes = ByteBuffer.wrap(json.writeValueAsBytes(line));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(Instance instance) throws IOException {
    Files.deleteIfExists(file(instance.service(), instance.number(), ".json"));
  }

  Path output(ServiceId service, int instance) {
    return file(service, instance, ".log");
  }

  private Path file(ServiceId service, int instance, String suffix) {
    return dir.resolve(service + "-" + instance + suffix);
  }

  private static Instance read(Path file) throws IOException {
    var line = json.readValue(Files.readAllBytes(file), Line.class);
    return new Instance(
        new ServiceId(line.service()),
        line.instance(),
        line.pid(),
        Instant.parse(line.startInstant()),
        line.identity(),
        new Hash(line.commandHash()),
        line.key());
  }
}
