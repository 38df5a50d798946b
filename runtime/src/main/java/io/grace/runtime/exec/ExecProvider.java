package io.grace.runtime.exec;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.Secrets;
import io.grace.runtime.process.Ending;
import io.grace.runtime.process.KeyLog;
import io.grace.runtime.process.Refusals;
import io.grace.runtime.secrets.Redactor;
import io.grace.runtime.secrets.SecretText;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Runs declared programs without a shell. *Thread-safe.*
///
/// Exit code 0 is done, a declared one vouches that nothing changed, and any other leaves it
/// unknown, as does a program that had to be killed.
public final class ExecProvider implements ActionProvider {
  public static final String NAME = "exec";

  /// Left for killing and answering, so that a result is there before the permission ends.
  private static final Duration MARGIN = Duration.ofSeconds(3);

  /// What a program printed last may still be in the pipe, but a child that it left behind can keep
  /// the pipe open for ever.
  private static final Duration OUTPUT_TIMEOUT = Duration.ofMillis(500);

  private final Map<String, DeclaredProgram> programs;
  private final List<ActionSpec> actions;
  private final KeyLog keys;
  private final Secrets secrets;
  private final InstantSource clock;

  /// @throws IllegalArgumentException if a program is not there, not executable or may be written
  ///   by everybody
  /// @throws IllegalStateException if two programs have the same name
  public ExecProvider(
      Collection<DeclaredProgram> programs, KeyLog keys, Secrets secrets, InstantSource clock) {
    this.programs =
        programs.stream()
            .collect(Collectors.toUnmodifiableMap(DeclaredProgram::action, Function.identity()));
    this.actions = programs.stream().map(DeclaredProgram::spec).toList();
    this.keys = keys;
    this.secrets = secrets;
    this.clock = clock;
    for (var program : programs) {
      ProgramFile.trouble(program.program())
          .ifPresent(why -> {
            throw new IllegalArgumentException(program.action() + ": " + why);
          });
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ActionSpec> actions() {
    return actions;
  }

  @Override
  public Result perform(Warrant warrant) throws InterruptedException {
    var refusal = Refusals.of(actions, warrant.action());
    var program = programs.get(warrant.action().name());
    if (refusal.isPresent() || program == null) {
      return refusal.orElseGet(() -> new Result.Failed("no such program is declared", false));
    }
    return keys.once(warrant.idempotencyKey(), () -> run(program, warrant));
  }

  private Result run(DeclaredProgram program, Warrant warrant) throws InterruptedException {
    var left = Duration.between(clock.instant(), warrant.expires()).minus(MARGIN);
    var limit = left.compareTo(program.timeout()) < 0 ? left : program.timeout();
    if (!limit.isPositive()) {
      return new Result.Failed("no time was left to run " + program.action(), false);
    }
    // Looked at again: the file can have changed since GRACE started.
    var trouble = ProgramFile.trouble(program.program());
    if (trouble.isPresent()) {
      return new Result.Failed(trouble.get(), false);
    }
    var redactor = new Redactor(secrets);
    try {
      var builder = builder(program, warrant, redactor);
      return await(program, builder.start(), limit, redactor);
    } catch (DeclaredProgram.Refused | SecretText.MissingSecret e) {
      return new Result.Failed(program.action() + " was not run: " + e.getMessage(), false);
    } catch (IOException e) {
      // Without the message, which shows the arguments.
      return new Result.Failed(program.action() + " could not be started", true);
    }
  }

  private static ProcessBuilder builder(DeclaredProgram program, Warrant warrant, Secrets secrets)
      throws DeclaredProgram.Refused, SecretText.MissingSecret {
    var builder = new ProcessBuilder(program.argvOf(warrant.action()));
    builder.directory(program.directory().toFile());
    builder.environment().clear();
    for (var entry : program.environment().entrySet()) {
      var value = new SecretText(entry.getValue()).reveal(secrets).reveal();
      builder.environment().put(entry.getKey(), value);
    }
    builder.environment().put("GRACE_IDEMPOTENCY_KEY", warrant.idempotencyKey());
    builder.redirectInput(new File("/dev/null"));
    builder.redirectErrorStream(true);
    return builder;
  }

  private static Result await(
      DeclaredProgram program, Process process, Duration limit, Redactor redactor)
      throws InterruptedException {
    var output = new Output(process.getInputStream());
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        Ending.kill(process.toHandle());
        var printed = printed(output, redactor);
        return new Result.Unknown(
            program.action() + " was killed after " + limit.toMillis() + " ms" + printed);
      }
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw e;
    }
    int code = process.exitValue();
    var detail = program.action() + " ended with exit code " + code + printed(output, redactor);
    if (code == 0) {
      return new Result.Done(detail);
    }
    return program.unchangedExitCodes().contains(code)
        ? new Result.Failed(detail, false)
        : new Result.Unknown(detail);
  }

  private static String printed(Output output, Redactor redactor) throws InterruptedException {
    var text = output.text(OUTPUT_TIMEOUT);
    return text.isBlank() ? "" : ": " + redactor.excerpt(text);
  }
}
