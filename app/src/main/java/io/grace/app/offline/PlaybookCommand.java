package io.grace.app.offline;

import io.grace.core.model.Playbook;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.PlaybookTests;
import io.grace.runtime.config.PlaybookTests.Case;
import io.grace.runtime.rehearsal.Drawing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What can be done with playbooks before they are let near anything.
@Command(name = "playbook", description = "Tests and draws playbooks.")
final class PlaybookCommand implements Callable<Integer> {
  private final Offline offline;

  @Spec private CommandSpec spec = CommandSpec.create();

  PlaybookCommand(Offline offline) {
    this.offline = offline;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(offline.err());
    return CommandLine.ExitCode.USAGE;
  }

  @Command(
      name = "test",
      description = "Plays the tests of playbooks on simulated time; nothing is touched.")
  int test(
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "grace.yaml",
              description = "The configuration with the playbooks; grace.yaml unless told.")
          Path config,
      @Option(
              names = "--junit",
              paramLabel = "FILE",
              description = "Also write the results as JUnit's XML.")
          @Nullable Path junit,
      @Option(
              names = "--story",
              description = "Tell what happened in each test, not only in those that failed.")
          boolean isTold,
      @Parameters(
              paramLabel = "TESTS",
              arity = "1..*",
              description = "Files of tests, or directories of them.")
          List<Path> paths) {
    Optional<Config> loaded = offline.config(config);
    if (loaded.isEmpty()) {
      return Offline.NO;
    }
    var cases = new ArrayList<Case>();
    boolean isSound = true;
    for (Path file : files(paths)) {
      var report = PlaybookTests.run(loaded.get(), file);
      report.problems().forEach(offline.err()::println);
      isSound &= report.problems().isEmpty();
      cases.addAll(report.cases());
    }
    cases.forEach(c -> show(c, isTold));
    long failed = cases.stream().filter(c -> !c.passed()).count();
    var took = cases.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus);
    offline
        .out()
        .printf(
            Locale.ROOT,
            "%d tests, %d passed, %d failed, in %d ms%n",
            cases.size(),
            cases.size() - failed,
            failed,
            took.toMillis());
    if (junit != null) {
      write(junit, PlaybookTests.junit(cases));
    }
    return isSound && failed == 0 ? CommandLine.ExitCode.OK : Offline.NO;
  }

  private void show(Case test, boolean isTold) {
    offline
        .out()
        .println((test.passed() ? "ok    " : "FAIL  ") + test.playbook() + ": " + test.name());
    if (!test.passed()) {
      offline.out().println("      " + test.file() + ":" + test.line());
      test.objections().forEach(o -> offline.out().println("      " + o));
    }
    if (!test.passed() || isTold) {
      test.story().forEach(line -> offline.out().println("      | " + line));
    }
  }

  private static List<Path> files(List<Path> paths) {
    try {
      return PlaybookTests.files(paths);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      offline.err().println("grace: cannot write " + file + ": " + e.getMessage());
    }
  }

  /// How a drawing is written.
  enum Format {
    tree,
    mermaid
  }

  @Command(name = "graph", description = "Draws a playbook.")
  int graph(
      @Option(
              names = "--config",
              paramLabel = "FILE",
              defaultValue = "grace.yaml",
              description = "The configuration with the playbooks; grace.yaml unless told.")
          Path config,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "tree",
              description = "${COMPLETION-CANDIDATES}; tree unless told.")
          Format format,
      @Parameters(paramLabel = "PLAYBOOK", description = "Such as restart_service.")
          String playbook) {
    Optional<Config> loaded = offline.config(config);
    if (loaded.isEmpty()) {
      return Offline.NO;
    }
    List<Playbook> known = loaded.get().policy().playbooks();
    Optional<Playbook> found =
        known.stream().filter(p -> p.id().value().equals(playbook)).findFirst();
    if (found.isEmpty()) {
      offline
          .err()
          .println(
              "grace: there is no playbook '"
                  + playbook
                  + "'; there are "
                  + String.join(", ", known.stream().map(p -> p.id().value()).sorted().toList()));
      return Offline.NO;
    }
    switch (format) {
      case tree -> Drawing.tree(found.get()).forEach(offline.out()::println);
      case mermaid -> offline.out().print(Drawing.mermaid(found.get()));
    }
    return CommandLine.ExitCode.OK;
  }
}
