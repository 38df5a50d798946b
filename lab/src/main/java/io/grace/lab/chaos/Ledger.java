package io.grace.lab.chaos;

import io.grace.lab.demo.GraceProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What GRACE has shown of its journal so far, kept outside of GRACE: what was shown once must be
/// there for ever. Owned by the drill's thread.
final class Ledger {
  private static final int PAGE = 500;

  /// An entry about one run; `step` is -1 where there is none.
  record Fact(String kind, String run, int step) {}

  private final List<Fact> facts = new ArrayList<>();
  private final List<String> hashes = new ArrayList<>();

  /// When the intent with this idempotency key was recorded.
  private final Map<String, Instant> intents = new HashMap<>();

  private final Map<String, String> services = new HashMap<>();

  /// Reads what is new.
  void advance(GraceProcess grace) throws IOException, InterruptedException {
    JsonNode items;
    do {
      items = page(grace, hashes.size());
      for (JsonNode entry : items) {
        learn(entry);
      }
    } while (items.size() == PAGE);
  }

  private static JsonNode page(GraceProcess grace, long after)
      throws IOException, InterruptedException {
    return grace.get("/api/log/entries?limit=" + PAGE + "&after=" + after).path("items");
  }

  private void learn(JsonNode entry) throws IOException {
    if (entry.path("index").asLong() != hashes.size() + 1) {
      throw new IOException(
          "entry " + entry.path("index") + " came where " + (hashes.size() + 1) + " was wanted");
    }
    hashes.add(entry.path("hash").asString());
    String kind = entry.path("kind").asString();
    String run = entry.path("subject").asString();
    JsonNode payload = entry.path("payload");
    int step = payload.path("step").asInt(-1);
    facts.add(new Fact(kind, run, step));
    Instant at = Instant.parse(entry.path("at").asString());
    switch (kind) {
      case "run.proposed" ->
          services.put(run, payload.path("proposal").path("plan").path("service").asString());
      case "step.started" ->
          intents.put(run + "/" + step + "/" + payload.path("attempt").asInt(), at);
      case "compensation.started" -> intents.put(run + "/" + step + "/undo", at);
      default -> {}
    }
  }

  /// Reads the whole journal again and compares.
  ///
  /// @return what was shown before and is not there any more, or is another
  List<String> lost(GraceProcess grace) throws IOException, InterruptedException {
    var lost = new ArrayList<String>();
    int index = 0;
    while (index < hashes.size()) {
      JsonNode items = page(grace, index);
      if (items.isEmpty()) {
        lost.add("entries " + (index + 1) + " to " + hashes.size() + " are gone");
        return lost;
      }
      for (JsonNode entry : items) {
        if (index < hashes.size() && !entry.path("hash").asString().equals(hashes.get(index))) {
          lost.add("entry " + (index + 1) + " is another than it was");
        }
        index++;
      }
    }
    return lost;
  }

  boolean has(Fact fact) {
    return facts.contains(fact);
  }

  int size() {
    return facts.size();
  }

  Optional<Instant> intent(String key) {
    return Optional.ofNullable(intents.get(key));
  }

  /// The runs that were proposed from that entry on, the oldest first.
  List<String> runs(int from) {
    return facts.subList(from, facts.size()).stream()
        .filter(f -> f.kind().equals("run.proposed"))
        .map(Fact::run)
        .toList();
  }

  Optional<String> run(int from, String service) {
    return runs(from).stream().filter(r -> service.equals(services.get(r))).findFirst();
  }

  /// The last entry of a run before GRACE started for the last time: where it really was killed.
  String lastBeforeLife(String run) {
    String last = "nothing";
    String before = last;
    for (Fact fact : facts) {
      if (fact.kind().equals("life.started")) {
        before = last;
      } else if (fact.run().equals(run)) {
        last = fact.kind();
      }
    }
    return before;
  }
}
