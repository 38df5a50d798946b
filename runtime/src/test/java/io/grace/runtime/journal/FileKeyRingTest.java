package io.grace.runtime.journal;

import static io.grace.runtime.journal.Journals.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyRingTest {
  @TempDir Path directory;
  private FileKeyRing keys;

  @BeforeEach
  void openRing() throws JournalException {
    keys = FileKeyRing.in(directory.resolve("keys"));
  }

  private Path privateFile(SigningKey key) {
    return directory.resolve("keys").resolve(key.id() + ".key.pem");
  }

  @Test
  void keyIsLoadedAsItWasCreated() throws Exception {
    SigningKey key = keys.create();

    assertEquals(key.publicKeyText(), keys.load(key.id()).publicKeyText());
  }

  @Test
  void signatureIsPlainEd25519ForOthers() throws Exception {
    SigningKey key = keys.create();
    byte[] message = "hello".getBytes(StandardCharsets.UTF_8);
    String pem = Files.readString(keys.publicFile(key.id()));
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));

    Signature verifier = Signature.getInstance("Ed25519"); // the JDK's own, not BouncyCastle
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
    verifier.update(message);

    assertTrue(verifier.verify(key.sign(message)));
  }

  @Test
  void privateKeyIsForItsOwnerAlone() throws Exception {
    SigningKey key = keys.create();

    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile(key))));
  }

  @Test
  void privateKeyThatOthersCanReadIsRefused() throws Exception {
    SigningKey key = keys.create();
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
      Files.setPosixFilePermissions(privateFile(key), PosixFilePermissions.fromString(mode));

      JournalException e = assertThrows(JournalException.class, () -> keys.load(key.id()));
      assertSays("chmod 600", e);
    }
  }

  @Test
  void missingDamagedOrForeignKeyIsRefused() throws Exception {
    SigningKey key = keys.create();
    SigningKey other = keys.create();
    assertThrows(JournalException.class, () -> keys.load("0123456789abcdef"));

    Files.write(privateFile(key), Files.readAllBytes(privateFile(other)));
    assertThrows(JournalException.class, () -> keys.load(key.id()));

    Files.writeString(privateFile(key), "-----BEGIN PRIVATE KEY-----\nAAAA\n");
    assertThrows(JournalException.class, () -> keys.load(key.id()));
  }

  @Test
  void keyDoesNotPrintItsSecret() throws Exception {
    SigningKey key = keys.create();
    String secret = Files.readString(privateFile(key)).replaceAll("-----[A-Z ]+-----", "").strip();

    assertFalse(key.toString().contains(secret.substring(22)));
    assertEquals("SigningKey[" + key.id() + "]", key.toString());
  }
}
