package io.grace.runtime.secrets;

import io.grace.core.spi.Secrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Secrets of this machine: `env:NAME` and `file:/absolute/path`. Read at each use, so a rotated
/// secret is picked up at once. *Thread-safe.*
///
/// What cannot be had is empty, and the log says why; neither ever shows a secret.
public final class LocalSecrets implements Secrets {
  /// Certificates and service account files fit; a larger file is not a secret but a mistake.
  private static final int LONGEST = 64 * 1024;

  private static final Logger log = LoggerFactory.getLogger(LocalSecrets.class);

  private final Map<String, String> environment;

  public LocalSecrets() {
    this(System.getenv());
  }

  public LocalSecrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<Secret> resolve(String reference) {
    if (reference.startsWith("env:")) {
      return Optional.ofNullable(environment.get(reference.substring("env:".length())))
          .map(Secret::new);
    }
    if (reference.startsWith("file:")) {
      return read(reference);
    }
    // Not shown: whoever wrote the secret itself in place of a reference should not find it here.
    log.warn("a secret reference must begin with env: or file:");
    return Optional.empty();
  }

  private static Optional<Secret> read(String reference) {
    try {
      var path = Path.of(reference.substring("file:".length()));
      if (!path.isAbsolute()) {
        return refused(reference, "its path is not absolute");
      }
      if (!Files.isRegularFile(path)) {
        return refused(reference, "there is no such file");
      }
      if (isReadableByAll(path)) {
        return refused(reference, "everybody may read the file; take that away with chmod o-r");
      }
      byte[] bytes;
      try (var in = Files.newInputStream(path)) {
        bytes = in.readNBytes(LONGEST + 1);
      }
      if (bytes.length > LONGEST) {
        return refused(reference, "the file is longer than " + LONGEST + " bytes");
      }
      return Optional.of(new Secret(withoutNewline(decode(bytes))));
    } catch (CharacterCodingException _) {
      return refused(reference, "the file is not UTF-8");
    } catch (InvalidPathException _) {
      return refused(reference, "its path is not valid");
    } catch (IOException e) {
      return refused(reference, "the file cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static boolean isReadableByAll(Path path) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    return view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ);
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String withoutNewline(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private static Optional<Secret> refused(String reference, String why) {
    log.atWarn().addKeyValue("reference", reference).addKeyValue("why", why).log("no secret");
    return Optional.empty();
  }
}
