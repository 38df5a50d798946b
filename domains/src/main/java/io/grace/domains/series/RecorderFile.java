package io.grace.domains.series;

import io.grace.domains.disk.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what was recorded from one life to the next. It is worth much and needed by nothing, so
/// what cannot be read or written is only logged.
public record RecorderFile(Path file) {
  private static final Logger LOG = LoggerFactory.getLogger(RecorderFile.class);

  /// @throws IOException if the disk refuses
  public void restore(Recorder recorder) throws IOException {
    if (Files.exists(file)) {
      try {
        recorder.restore(WholeFile.read(file));
      } catch (WholeFile.Torn | IllegalArgumentException e) {
        LOG.atWarn()
            .addKeyValue("file", file)
            .addKeyValue("reason", e.getMessage())
            .log("what was recorded cannot be read; recording begins anew");
      }
    }
  }

  public void keep(Recorder recorder) {
    try {
      WholeFile.write(file, recorder.toBytes());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("reason", e.getMessage())
          .log("what was recorded is not kept; the next life records anew");
    }
  }
}
