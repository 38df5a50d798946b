package io.grace.domains.ml;

import io.grace.domains.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where jobs keep their files, a directory each. *Immutable*; what it names is not.
final class JobDirectories {
  private static final Logger LOG = LoggerFactory.getLogger(JobDirectories.class);

  private final Path root;

  JobDirectories(Path root) throws IOException {
    this.root = Files.createDirectories(root);
  }

  Path of(String job) {
    return root.resolve(job);
  }

  /// The jobs that are there, by name. One that cannot be read is lost, and told of in the log: it
  /// must not keep the others from going on.
  List<Job> jobs() throws IOException {
    var jobs = new ArrayList<Job>();
    try (var files = Files.list(root)) {
      for (Path one : files.filter(Job::isIn).sorted().toList()) {
        try {
          jobs.add(Job.read(one));
        } catch (WholeFile.Torn e) {
          LOG.atWarn()
              .addKeyValue("job", one.getFileName())
              .addKeyValue("reason", e.getMessage())
              .log("a training job cannot be read and is passed over");
        }
      }
    }
    return jobs;
  }

  /// Deletes the oldest of these until so many are left.
  ///
  /// @return those that are gone
  List<String> forget(Collection<String> ended, int keep) throws IOException {
    List<String> byAge =
        ended.stream()
            .sorted(Comparator.comparingLong(job -> of(job).toFile().lastModified()))
            .toList();
    List<String> gone = byAge.subList(0, Math.max(0, byAge.size() - keep));
    for (String job : gone) {
      try (var files = Files.list(of(job))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(of(job));
    }
    return List.copyOf(gone);
  }
}
