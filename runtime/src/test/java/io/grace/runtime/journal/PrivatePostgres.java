package io.grace.runtime.journal;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A PostgreSQL cluster of this test run's own, on a free loopback port, thrown away at its end.
final class PrivatePostgres {
  static final String USER = "grace";
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final int PATIENCE_SECONDS = 60;
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path bin;
  private final Path directory;
  private final int port;

  private PrivatePostgres(Path bin, Path directory, int port) {
    this.bin = bin;
    this.directory = directory;
    this.port = port;
  }

  private static final class Holder {
    static final PrivatePostgres CLUSTER = start();
  }

  /// The URL of a new, empty database. Skips the test where PostgreSQL is not installed, unless
  /// `GRACE_REQUIRE_POSTGRES=1`.
  static String newDatabase() throws SQLException {
    if (binaries().isEmpty()) {
      String reason = "PostgreSQL is not installed under " + INSTALLED + " (Debian: postgresql)";
      if ("1".equals(System.getenv("GRACE_REQUIRE_POSTGRES"))) {
        fail(reason + ", but GRACE_REQUIRE_POSTGRES=1 asks for it");
      }
      abort(reason + "; its half of the contract is not tested here");
    }
    String name = "journal_" + DATABASES.incrementAndGet();
    PrivatePostgres cluster = Holder.CLUSTER;
    try (Connection admin = DriverManager.getConnection(cluster.url("postgres"), USER, "");
        var statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return cluster.url(name);
  }

  private static Optional<Path> binaries() {
    try (Stream<Path> versions = Files.exists(INSTALLED) ? Files.list(INSTALLED) : Stream.of()) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrivatePostgres start() {
    try {
      Path directory = Path.of(run(asServer("mktemp", "-d", "/tmp/grace-pg-XXXXXX")).strip());
      PrivatePostgres cluster =
          new PrivatePostgres(binaries().orElseThrow(), directory, freePort());
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::stop, "stop-private-postgres"));
      String data = directory.resolve("data").toString();
      run(asServer(cluster.tool("initdb"), "-D", data, "-A", "trust", "-U", USER, "-E", "UTF8"));
      String options =
          "-p "
              + cluster.port
              + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
              + directory;
      run(
          asServer(
              cluster.tool("pg_ctl"),
              "-D",
              data,
              "-w",
              "-l",
              directory + "/log",
              "-o",
              options,
              "start"));
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stop() {
    try {
      String data = directory.resolve("data").toString();
      run(asServer(tool("pg_ctl"), "-D", data, "-m", "immediate", "stop"));
      run(asServer("rm", "-r", directory.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server refuses to run as root.
  private static List<String> asServer(String... command) {
    List<String> all = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      all.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static String run(List<String> command) throws IOException {
    Path output = Files.createTempFile("grace-pg", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/tmp").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("took longer than " + PATIENCE_SECONDS + " s: " + command);
      }
      if (process.exitValue() != 0) {
        throw new IOException(command + " failed: " + Files.readString(output));
      }
      return Files.readString(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: " + command, e);
    } finally {
      Files.delete(output);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String tool(String name) {
    return bin.resolve(name).toString();
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
