package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import io.grace.intelligence.ranking.Ranker.Booked;
import io.grace.intelligence.ranking.Ranker.TrustKey;
import java.util.Map;
import java.util.Optional;

/// What a [Ranker] remembers by name, as bytes. *Stateless.*
final class RankerBytes {
  private RankerBytes() {}

  static void write(Packing to, Map<TrustKey, Evidence> evidence, Map<Long, Booked> pending) {
    to.integer(evidence.size());
    for (Map.Entry<TrustKey, Evidence> entry : evidence.entrySet()) {
      to.text(entry.getKey().service());
      to.text(entry.getKey().diagnosis());
      to.text(entry.getKey().playbook());
      Evidence seen = entry.getValue();
      to.integer(seen.succeeded());
      to.integer(seen.failed());
      to.integer(seen.harmed());
      to.integer(seen.missing());
      to.integer(seen.sinceHarm());
    }
    to.integer(pending.size());
    for (Map.Entry<Long, Booked> entry : pending.entrySet()) {
      to.wide(entry.getKey());
      Situation s = entry.getValue().situation();
      to.text(s.service());
      to.text(s.kind());
      to.text(s.diagnosis());
      to.number(s.timeOfDay());
      to.number(s.load());
      to.number(s.blastRadius());
      to.number(s.recentSuccess());
      Optional<Candidate> candidate = entry.getValue().candidate();
      to.integer(candidate.isPresent() ? 1 : 0);
      if (candidate.isPresent()) {
        to.text(candidate.get().playbook());
        to.number(candidate.get().prior());
        to.number(candidate.get().impact());
      }
    }
  }

  static void readEvidence(Unpacking from, Map<TrustKey, Evidence> evidence, int most) {
    int size = size(from, most);
    for (int i = 0; i < size; i++) {
      var key = new TrustKey(from.text(), from.text(), from.text());
      evidence.put(
          key,
          new Evidence(
              from.integer(), from.integer(), from.integer(), from.integer(), from.integer()));
    }
  }

  static void readPending(Unpacking from, Map<Long, Booked> pending, int most) {
    int size = size(from, most);
    for (int i = 0; i < size; i++) {
      long id = from.wide();
      var situation =
          new Situation(
              from.text(),
              from.text(),
              from.text(),
              from.number(),
              from.number(),
              from.number(),
              from.number());
      Optional<Candidate> candidate =
          from.integer() == 0
              ? Optional.empty()
              : Optional.of(new Candidate(from.text(), from.number(), from.number()));
      pending.put(id, new Booked(situation, candidate));
    }
  }

  private static int size(Unpacking from, int most) {
    int size = from.integer();
    if (size < 0 || size > most) {
      throw new IllegalArgumentException("size must be in 0 … " + most + ": " + size);
    }
    return size;
  }
}
