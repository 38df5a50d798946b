package io.grace.runtime.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/// Says whether a file may be run: a program that anybody can replace would be anybody's hands.
final class ProgramFile {
  private ProgramFile() {}

  /// What is wrong with it, or empty.
  static Optional<String> trouble(Path program) {
    try {
      var file = program.toRealPath();
      if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
        return Optional.of(program + " is not an executable file");
      }
      return isWritableByAll(file)
          ? Optional.of(program + " may be written by everybody; take that away with chmod o-w")
          : Optional.empty();
    } catch (IOException _) {
      return Optional.of(program + " does not exist or cannot be looked at");
    }
  }

  private static boolean isWritableByAll(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE);
  }
}
