package io.grace.runtime.journal;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import io.grace.runtime.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/// Signing keys in a directory: `<id>.key.pem` (PKCS#8, mode 0600) and `<id>.pub.pem` (X.509).
///
/// The directory belongs on another medium than the journal's backups: who has both can forge.
public final class FileKeyRing {
  /// RFC 8410: what stands before the 32 bytes of an Ed25519 key in its PKCS#8 and X.509 form.
  private static final byte[] PKCS8 = {
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
  };

  private static final byte[] X509 = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
  private static final int MAX_PEM_BYTES = 10_000;

  private final Path directory;

  private FileKeyRing(Path directory) {
    this.directory = directory;
  }

  /// @param directory created for this user alone if it is not there
  public static FileKeyRing in(Path directory) throws JournalException {
    try {
      if (Files.notExists(directory)) {
        Files.createDirectories(directory, mode("rwx------"));
      }
      return new FileKeyRing(directory);
    } catch (IOException e) {
      throw new JournalException(Kind.GIVE_UP, "cannot create key directory " + directory, e);
    }
  }

  /// A new key that is on disk, durably, when this returns.
  public SigningKey create() throws JournalException {
    SigningKey key = SigningKey.random();
    try {
      write(publicFile(key.id()), pem("PUBLIC KEY", X509, key.publicKey()), "rw-r--r--");
      write(privateFile(key.id()), pem("PRIVATE KEY", PKCS8, key.seed()), "rw-------");
      return key;
    } catch (IOException e) {
      throw new JournalException(
          Kind.GIVE_UP, "cannot write a new key into " + directory + ": " + e, e);
    }
  }

  /// @throws JournalException when the file is missing, damaged, of another key, or open to others
  public SigningKey load(String id) throws JournalException {
    Path file = privateFile(id);
    try {
      refuseIfShared(file);
      if (Files.size(file) > MAX_PEM_BYTES) {
        throw new IOException("larger than " + MAX_PEM_BYTES + " bytes");
      }
      SigningKey key = parse(Files.readString(file, StandardCharsets.US_ASCII));
      if (!key.id().equals(id)) {
        throw new IOException("it holds key " + key.id());
      }
      return key;
    } catch (IOException | RuntimeException e) { // BouncyCastle's parsers throw unchecked
      throw new JournalException(
          Kind.GIVE_UP,
          "cannot load signing key " + id + "; restore " + file + " from its backup: " + e,
          e);
    }
  }

  private static void refuseIfShared(Path file) throws IOException, JournalException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER.containsAll(permissions)) {
      throw new JournalException(
          Kind.GIVE_UP,
          "private key "
              + file
              + " is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "); run 'chmod 600' on it and consider rotating the key");
    }
  }

  private static SigningKey parse(String pem) throws IOException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    if (PrivateKeyFactory.createKey(Base64.getDecoder().decode(body))
        instanceof Ed25519PrivateKeyParameters secret) {
      return new SigningKey(secret);
    }
    throw new IOException("it is not an Ed25519 key");
  }

  private static byte[] pem(String label, byte[] prefix, byte[] raw) {
    byte[] der = ByteBuffer.allocate(prefix.length + raw.length).put(prefix).put(raw).array();
    String body = Base64.getEncoder().encodeToString(der);
    String text = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// First complete under another name, so that a crash leaves no half key behind.
  private void write(Path file, byte[] content, String mode) throws IOException {
    Path draft = Files.createTempFile(directory, ".new-", ".pem", mode("rw-------"));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  private Path privateFile(String id) {
    return directory.resolve(id + ".key.pem");
  }

  /// What to hand to whoever verifies the journal.
  public Path publicFile(String id) {
    return directory.resolve(id + ".pub.pem");
  }
}
