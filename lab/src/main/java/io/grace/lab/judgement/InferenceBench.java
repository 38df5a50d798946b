package io.grace.lab.judgement;

import io.grace.intelligence.bayes.Answer;
import io.grace.intelligence.bayes.Bif;
import io.grace.intelligence.bayes.Inference;
import io.grace.intelligence.bayes.Limits;
import io.grace.intelligence.bayes.Network;
import io.grace.intelligence.bayes.Network.Node;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.PublicData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Posteriors of public Bayesian networks against those published, and how far likelihood weighting
/// is off where an answer is forbidden to be exact.
public final class InferenceBench {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double TOLERANCE = 1e-6;
  private static final double SECONDS_WANTED = 10;
  private static final long SEED = 7;
  private static final int BYTES_A_CELL = 8;
  private static final int QUERIES_SAMPLED = 5;

  /// As much as the machine gives, half of it left for everything else.
  private static final Limits LIMITS =
      new Limits(
          Math.min(1 << 27, Runtime.getRuntime().maxMemory() / BYTES_A_CELL / 2),
          20_000_000_000L,
          1_000_000);

  private static final Limits NOTHING_EXACT = new Limits(1, 1, 20_000);

  private InferenceBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder("bn");
    if (folder.isEmpty()) {
      report.note(PublicData.skipped("bn"));
      return;
    }
    report.note(
        "%-12s %5s %9s %9s %9s %10s %8s",
        "network", "nodes", "read ms", "right", "error", "cells", "ms");
    Tally all = new Tally();
    Tally sampled = new Tally();
    for (Path file : networks(folder.get())) {
      String name = file.getFileName().toString().replace(".bif", "");
      Path queries = folder.get().resolve("queries_" + name + ".json");
      if (Files.exists(queries)) {
        network(
            report,
            name,
            Files.readString(file),
            JSON.readTree(Files.readString(queries)),
            all,
            sampled);
      }
    }
    report.promise(
        all.right == all.asked,
        "%d of %d exact queries within %.0e, largest error %.1e",
        all.right,
        all.asked,
        TOLERANCE,
        all.worst);
    report.promise(
        all.seconds < SECONDS_WANTED,
        "all in %.2f s with reading the networks, wanted < %.0f s",
        all.seconds,
        SECONDS_WANTED);
    report.note(
        "if nothing may be exact: %d queries by 20,000 samples, %.1f %% of probabilities within"
            + " 2 standard errors",
        sampled.asked, 100.0 * sampled.right / Math.max(1, sampled.states));
  }

  private static List<Path> networks(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".bif")).sorted().toList();
    }
  }

  /// What came of some queries. *Owned by one thread.*
  private static final class Tally {
    private int asked;
    private int right;
    private int states;
    private double worst;
    private double seconds;
    private long largest;
  }

  private static void network(
      Report report, String name, String bif, JsonNode queries, Tally all, Tally sampled) {
    long begun = System.nanoTime();
    Network network = Bif.parse(bif);
    double read = (System.nanoTime() - begun) / 1e9;
    var exact = new Inference(network, LIMITS);
    var rough = new Inference(network, NOTHING_EXACT);
    var tally = new Tally();
    for (JsonNode query : queries) {
      exact(network, exact, query, tally);
      if (tally.asked <= QUERIES_SAMPLED) {
        sampled(network, rough, query, sampled);
      }
    }
    report.note(
        "%-12s %5d %9.1f %4d / %2d %9.1e %10d %8.1f",
        name,
        network.size(),
        read * 1e3,
        tally.right,
        tally.asked,
        tally.worst,
        tally.largest,
        tally.seconds * 1e3);
    all.asked += tally.asked;
    all.right += tally.right;
    all.worst = Math.max(all.worst, tally.worst);
    all.seconds += tally.seconds + read;
  }

  private static Answer ask(Network network, Inference inference, JsonNode query) {
    Map<String, String> observed = new HashMap<>();
    query
        .get("evidence")
        .properties()
        .forEach(e -> observed.put(e.getKey(), e.getValue().asString()));
    return inference.posterior(
        network.number(query.get("target").asString()), network.evidence(observed), SEED);
  }

  private static void exact(Network network, Inference inference, JsonNode query, Tally tally) {
    long begun = System.nanoTime();
    Answer answer = ask(network, inference, query);
    tally.seconds += (System.nanoTime() - begun) / 1e9;
    tally.asked++;
    double error = 1;
    if (answer instanceof Answer.Exact exact) {
      error = error(network, query, exact.posterior());
      tally.largest = Math.max(tally.largest, exact.cost().largest());
    }
    tally.worst = Math.max(tally.worst, error);
    tally.right += error <= TOLERANCE ? 1 : 0;
  }

  private static double error(Network network, JsonNode query, double[] found) {
    Node node = network.node(network.number(query.get("target").asString()));
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      double wanted = query.get("posterior").get(node.states().get(i)).asDouble();
      error = Math.max(error, Math.abs(found[i] - wanted));
    }
    return error;
  }

  private static void sampled(Network network, Inference inference, JsonNode query, Tally tally) {
    if (ask(network, inference, query) instanceof Answer.Sampled found) {
      tally.asked++;
      Node node = network.node(network.number(query.get("target").asString()));
      for (int i = 0; i < node.states().size(); i++) {
        double wanted = query.get("posterior").get(node.states().get(i)).asDouble();
        tally.states++;
        double error = Math.abs(found.posterior()[i] - wanted);
        tally.right += error <= 2 * found.standardErrors()[i] ? 1 : 0;
      }
    }
  }
}
