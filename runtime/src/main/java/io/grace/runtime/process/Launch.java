package io.grace.runtime.process;

import io.grace.core.model.Hash;
import io.grace.core.spi.Secrets;
import io.grace.runtime.secrets.SecretText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A checked start of one instance: everything that can be refused was, and nothing runs yet.
///
/// The process is recorded before it becomes the service: a shell in a session of its own (so that
/// no hang-up and no Ctrl-C meant for GRACE reaches it) waits for a word on its input and only then
/// turns into the program. If GRACE dies before the record is durable, the input ends and the shell
/// with it, so no process is ever lost sight of.
final class Launch {
  /// What is not declared and still passed on; anything else of GRACE's may be a secret.
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

  private static final String WAIT_THEN_BECOME = "read -r go && exec \"$0\" \"$@\" </dev/null";

  private static final Optional<Path> SETSID =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .map(Path::of)
          .filter(Files::isExecutable)
          .findFirst();

  private final ServiceCommand declared;
  private final int number;
  private final List<String> command;
  private final Map<String, String> environment;

  private Launch(
      ServiceCommand declared, int number, List<String> command, Map<String, String> environment) {
    this.declared = declared;
    this.number = number;
    this.command = command;
    this.environment = environment;
  }

  int number() {
    return number;
  }

  /// @throws Refused if it cannot be started as declared
  static Launch of(ServiceCommand declared, int number, Secrets secrets) throws Refused {
    var environment = new HashMap<String, String>();
    for (var name : INHERITED) {
      var value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    try {
      for (var entry : declared.environmentOf(number).entrySet()) {
        environment.put(entry.getKey(), entry.getValue().reveal(secrets).reveal());
      }
    } catch (SecretText.MissingSecret e) {
      throw new Refused(declared.service() + " was not started: " + e.getMessage());
    }
    if (!Files.isDirectory(declared.directory())) {
      throw new Refused(
          declared.service() + " was not started: no directory " + declared.directory());
    }
    var command = declared.commandOf(number);
    requireProgram(declared, command.getFirst(), environment.getOrDefault("PATH", ""));
    return new Launch(declared, number, command, environment);
  }

  /// Starts the process, records it and lets it go, in this order.
  Instance start(String key, InstanceFiles files) throws IOException {
    var argv = new ArrayList<String>();
    SETSID.ifPresent(setsid -> argv.add(setsid.toString()));
    argv.addAll(List.of("/bin/sh", "-c", WAIT_THEN_BECOME));
    argv.addAll(command);
    var builder = new ProcessBuilder(argv);
    builder.directory(declared.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("GRACE_IDEMPOTENCY_KEY", key);
    builder.redirectErrorStream(true);
    builder.redirectOutput(files.output(declared.service(), number).toFile());
    var process = builder.start();
    try (var input = process.getOutputStream()) {
      var instance = recorded(process, key, declared.hash());
      files.write(instance);
      input.write("go\n".getBytes(StandardCharsets.US_ASCII));
      return instance;
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private Instance recorded(Process process, String key, Hash commandHash) throws IOException {
    var identity =
        ProcessIdentity.of(process.pid())
            .orElseThrow(() -> new IOException(declared.service() + " ended at once"));
    var started = process.info().startInstant().orElse(Instant.EPOCH);
    return new Instance(
        declared.service(), number, process.pid(), started, identity, commandHash, key);
  }

  private static void requireProgram(ServiceCommand declared, String program, String path)
      throws Refused {
    boolean found =
        program.contains("/")
            ? isProgram(declared.directory().resolve(program))
            : Stream.of(path.split(File.pathSeparator))
                .filter(dir -> !dir.isEmpty())
                .anyMatch(dir -> isProgram(Path.of(dir, program)));
    if (!found) {
      throw new Refused(
          declared.service() + " was not started: " + program + " is not an executable program");
    }
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  /// It cannot be started as declared; nothing was changed.
  static final class Refused extends Exception {
    private final String why;

    Refused(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }
}
