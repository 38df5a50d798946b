package io.grace.lab.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What was really done, as the services and the drill's program wrote it down themselves.
/// *Immutable.*
///
/// @param doubles keys that were applied more than once
/// @param orphans effects without an intent recorded before them
/// @param count effects that GRACE caused
record Effects(List<String> doubles, List<String> orphans, int count) {
  Effects {
    doubles = List.copyOf(doubles);
    orphans = List.copyOf(orphans);
  }

  static Effects read(Path log, Ledger ledger) throws IOException {
    var doubles = new ArrayList<String>();
    var orphans = new ArrayList<String>();
    var seen = new HashSet<String>();
    for (String line : Files.readAllLines(log)) {
      String[] part = line.split("\t", -1);
      boolean isOfGrace = part.length == 4 && part[3].startsWith("r-");
      if (!isOfGrace) {
        continue;
      }
      String key = part[3];
      if (!seen.add(key)) {
        doubles.add(line);
      }
      Instant at = Instant.EPOCH.plus(Long.parseLong(part[0]), ChronoUnit.MICROS);
      if (ledger.intent(key).map(at::isBefore).orElse(true)) {
        orphans.add(line);
      }
    }
    return new Effects(doubles, orphans, seen.size());
  }
}
