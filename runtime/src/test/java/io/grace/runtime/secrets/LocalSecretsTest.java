package io.grace.runtime.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.core.spi.Secrets.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSecretsTest {
  private final LocalSecrets secrets = new LocalSecrets(Map.of("TOKEN", "s3cret"));

  @TempDir Path dir;

  @Test
  void environmentVariableIsFoundByName() {
    assertEquals(Optional.of(new Secret("s3cret")), secrets.resolve("env:TOKEN"));
    assertEquals(Optional.empty(), secrets.resolve("env:OTHER"));
  }

  @Test
  void exactlyOneNewlineIsTrimmed() throws IOException {
    assertEquals(Optional.of(new Secret("a b\n")), secrets.resolve(file("a b\n\n", "rw-------")));
    assertEquals(Optional.of(new Secret("x")), secrets.resolve(file("x\r\n", "rw-r-----")));
  }

  @Test
  void fileThatEverybodyMayReadIsRefused() throws IOException {
    assertEquals(Optional.empty(), secrets.resolve(file("x", "rw-r--r--")));
  }

  @Test
  void tooLongFileIsRefused() throws IOException {
    assertEquals(Optional.empty(), secrets.resolve(file("x".repeat(64 * 1024 + 1), "rw-------")));
    assertEquals(
        64 * 1024,
        secrets.resolve(file("x".repeat(64 * 1024), "rw-------")).orElseThrow().reveal().length());
  }

  @Test
  void unknownKindRelativePathAndDirectoryAreRefused() {
    assertEquals(Optional.empty(), secrets.resolve("TOKEN"));
    assertEquals(Optional.empty(), secrets.resolve("file:relative"));
    assertEquals(Optional.empty(), secrets.resolve("file:" + dir));
  }

  @Test
  void secretsAreFilledIntoATextOnceAndNeverShown() throws Exception {
    var nested = new LocalSecrets(Map.of("A", "${env:B}", "B", "b"));

    var text = new SecretText("Bearer ${env:A}!").reveal(nested);

    assertEquals("Bearer ${env:B}!", text.reveal());
    assertFalse(text.toString().contains("Bearer"));
  }

  @Test
  void missingSecretIsNamedByItsReference() {
    var thrown =
        assertThrows(
            SecretText.MissingSecret.class,
            () -> new SecretText("${env:TOKEN} ${env:GONE}").reveal(secrets));
    assertFalse(thrown.toString().contains("s3cret"));
  }

  private String file(String content, String permissions) throws IOException {
    var path = Files.writeString(dir.resolve("secret"), content);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    return "file:" + path;
  }
}
