package io.grace.runtime.process;

import io.grace.core.model.ServiceId;
import java.nio.file.Path;
import java.util.Optional;

/// Tells the instance from a file's name, `<service>-<instance><suffix>`.
final class InstanceNames {
  private static final int DIGITS_MAX = 6;

  private InstanceNames() {}

  /// The instance's number, or empty if the file is not one of this service. The last dash divides,
  /// so `orders-1-2` is instance 2 of `orders-1` and never one of `orders`.
  static Optional<Integer> number(ServiceId service, Path file, String suffix) {
    var name = file.getFileName().toString();
    var prefix = service + "-";
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) {
      return Optional.empty();
    }
    int end = name.length() - suffix.length();
    if (end <= prefix.length() || end - prefix.length() > DIGITS_MAX) {
      return Optional.empty();
    }
    var digits = name.substring(prefix.length(), end);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(Integer.parseInt(digits))
        : Optional.empty();
  }
}
