package io.grace.runtime.judgement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what was learnt of patterns from one life to the next. It only saves learning it again:
/// whatever is wrong with it, GRACE starts without.
public final class PatternFile {
  private static final Logger LOG = LoggerFactory.getLogger(PatternFile.class);
  private static final String NAME = "patterns";

  /// 64 kinds and 4,096 events come to less than one.
  private static final long LONGEST = 16L << 20;

  private PatternFile() {}

  public static PatternFinder read(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        return PatternFinder.fresh();
      }
      if (Files.size(file) > LONGEST) {
        throw new IOException("longer than " + LONGEST + " bytes");
      }
      return PatternFinder.of(Files.readAllBytes(file));
    } catch (IOException | IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("reason", e.getMessage())
          .log("what was learnt of patterns cannot be read; they are learnt anew");
      return PatternFinder.fresh();
    }
  }

  public static void write(Path directory, PatternFinder patterns) {
    Path file = directory.resolve(NAME);
    Path next = directory.resolve(NAME + ".new");
    try {
      Files.write(next, patterns.bytes());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("reason", e.getMessage())
          .log("what was learnt of patterns cannot be kept; they are learnt anew");
    }
  }
}
