package io.grace.lab.foresight;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the public data sets lie: the folder that `GRACE_DATA` names, else `../shared/data`. They
/// are no part of GRACE, so whatever needs them says clearly that it was skipped without.
public final class PublicData {
  private static final Path DEFAULT = Path.of("..", "shared", "data");

  private PublicData() {}

  /// @param name of the data set, such as `nab`
  /// @return empty if it is not there
  public static Optional<Path> folder(String name) {
    String named = System.getenv("GRACE_DATA");
    Path folder = (named == null || named.isBlank() ? DEFAULT : Path.of(named)).resolve(name);
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  /// What to say when a data set is not there.
  public static String skipped(String name) {
    return "SKIPPED: no folder " + name + " in GRACE_DATA (default ../shared/data)";
  }
}
