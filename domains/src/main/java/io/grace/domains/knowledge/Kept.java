package io.grace.domains.knowledge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.databind.json.JsonMapper;

/// Values as JSON in files that are there as a whole or not at all.
final class Kept {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private Kept() {}

  static void write(Path file, Object value) throws IOException {
    write(file, JSON.writeValueAsBytes(value));
  }

  static void write(Path file, byte[] bytes) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, bytes);
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
