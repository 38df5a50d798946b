package io.grace.domains.ml;

import io.grace.core.model.Hash;
import io.grace.domains.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The bytes of models, each under the SHA-256 of them. *Thread-safe.*
final class Artifacts {
  private final Path directory;

  Artifacts(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /// Durable when it returns.
  Hash put(byte[] bytes) throws IOException {
    Hash hash = Hash.of(Hash.newSha256().digest(bytes));
    Path file = file(hash.value());
    if (!Files.exists(file) || !WholeFile.isWhole(file)) {
      WholeFile.write(file, bytes);
    }
    return hash;
  }

  /// The bytes that have this hash.
  ///
  /// @throws IOException if they are not there, torn, or others
  byte[] get(String hash) throws IOException {
    byte[] bytes = WholeFile.read(file(hash));
    String found = Hash.of(Hash.newSha256().digest(bytes)).value();
    if (!found.equals(hash)) {
      throw new IOException("artifact " + hash + " holds the bytes of " + found);
    }
    return bytes;
  }

  Path file(String hash) {
    return directory.resolve(new Hash(hash).value());
  }
}
