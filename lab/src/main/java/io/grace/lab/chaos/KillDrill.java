package io.grace.lab.chaos;

import io.grace.lab.demo.Demo;
import io.grace.lab.demo.Fleet;
import io.grace.lab.demo.GraceProcess;
import io.grace.lab.demo.JournalProof;
import io.grace.lab.service.LabDir;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// `grace drill`: kills GRACE with `kill -9` in every phase of a run and checks what is left.
///
/// Exit status 0 only if every run ended, every incident that was not healed was handed to a
/// person, no effect was applied twice or without its intent, and the journal stood up to the
/// off-line verifier after every kill and lost nothing that it had shown.
public final class KillDrill {
  private static final String USAGE =
      "usage: grace drill [--rounds N] [--seed N]"
          + " [--phases proposed,approved,running,verifying,compensating]\n"
          + "       grace drill structured";

  private final PrintStream out;
  private final Ledger ledger = new Ledger();
  private final Tally tally = new Tally();

  private KillDrill(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    if (List.of(args).equals(List.of("structured"))) {
      var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      System.exit(StructuredDrill.run(out) ? 0 : 1);
    }
    int rounds = 20;
    long seed = new Random().nextLong(1_000_000);
    List<Phase> phases = Arrays.asList(Phase.values());
    try {
      for (int i = 0; i < args.length; i += 2) {
        String value = i + 1 < args.length ? args[i + 1] : "";
        switch (args[i]) {
          case "--rounds" -> rounds = Math.clamp(Integer.parseInt(value), 1, 1000);
          case "--seed" -> seed = Long.parseLong(value);
          case "--phases" -> phases = Phase.of(value);
          default -> throw new IllegalArgumentException("unknown option " + args[i]);
        }
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; " + USAGE);
      System.exit(2);
    }
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(out, phases, rounds, seed) ? 0 : 1);
  }

  /// @param rounds of each phase
  /// @return whether everything held
  static boolean run(PrintStream out, List<Phase> phases, int rounds, long seed)
      throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("grace-drill-");
    out.printf("GRACE kill drill: %d rounds of %s, seed %d, in %s%n", rounds, phases, seed, dir);
    LabDir.prepare(dir);
    int port = Demo.freePort();
    String token = Demo.token(dir.resolve("token"));
    long self = ProcessHandle.current().pid();
    Path file = DrillConfig.write(dir, port, dir.resolve("token"), self);
    var drill = new KillDrill(out);
    var random = new Random(seed);
    try (Fleet fleet = Fleet.start(dir, Demo.config(file))) {
      GraceProcess grace = GraceProcess.serve(file, port, token);
      try {
        for (int round = 1; round <= rounds; round++) {
          for (Phase phase : phases) {
            grace =
                drill.round(
                    round,
                    phase,
                    fleet,
                    grace,
                    random,
                    () -> GraceProcess.serve(file, port, token));
          }
        }
      } catch (IOException e) {
        drill.tally.violation("stopped: " + e.getMessage());
      } finally {
        grace.close();
      }
    }
    return drill.verdict(dir);
  }

  private interface Start {
    GraceProcess again() throws IOException, InterruptedException;
  }

  private GraceProcess round(
      int number, Phase phase, Fleet fleet, GraceProcess grace, RandomGenerator random, Start start)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    var round = new Round(phase, fleet, ledger, random);
    String run = round.begin(grace);
    Duration wait = round.kill(grace, run);
    verifyJournal(fleet.dir(), run);
    GraceProcess again = start.again();
    try {
      ledger.lost(again).forEach(what -> tally.violation(run + ": " + what));
      String ended = round.follow(again, run, tally);
      String killedAfter = ledger.lastBeforeLife(run);
      tally.add(phase, killedAfter, ended);
      out.printf(
          "%3d %-13s %s  killed %4d ms in, after %-21s %-34s %5.1f s%n",
          number,
          phase.word(),
          run,
          wait.toMillis(),
          killedAfter,
          ended,
          (System.nanoTime() - begun) / 1e9);
      return again;
    } catch (IOException e) {
      again.close();
      throw new IOException(phase.word() + " " + run + ": " + e.getMessage(), e);
    }
  }

  private void verifyJournal(Path dir, String run) throws IOException {
    var said = new ByteArrayOutputStream();
    if (!JournalProof.verify(dir, new PrintStream(said, true, StandardCharsets.UTF_8))) {
      tally.violation(run + ": the journal is broken: " + said.toString(StandardCharsets.UTF_8));
    }
  }

  private boolean verdict(Path dir) throws IOException {
    tally.print(out);
    Effects effects = Effects.read(dir.resolve("effects.log"), ledger);
    effects.doubles().forEach(line -> tally.violation("applied twice: " + line));
    effects.orphans().forEach(line -> tally.violation("without an intent before it: " + line));
    verifyJournal(dir, "at the end");
    out.printf(
        "%neffects %d, applied twice %d, without an intent %d, journal entries %d%n",
        effects.count(), effects.doubles().size(), effects.orphans().size(), ledger.size());
    tally.violations().forEach(what -> out.println("VIOLATED: " + what));
    out.println(tally.violations().isEmpty() ? "Everything held." : "NOT everything held.");
    return tally.violations().isEmpty();
  }
}
