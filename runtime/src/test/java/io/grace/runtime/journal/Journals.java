package io.grace.runtime.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.model.Hash;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/// What journal tests have in common.
final class Journals {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private Journals() {}

  /// A clock that stands still until it is moved.
  static final class Clock implements InstantSource {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    void moveMillis(long millis) {
      now = now.plusMillis(millis);
    }
  }

  static Draft draft(String kind, String subject) {
    return new Draft(NOON, "grace", kind, subject, "{\"text\":\"größer als 5 €\"}");
  }

  static List<Draft> drafts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> draft(i % 2 == 0 ? "run.proposed" : "health.changed", "run-" + i))
        .toList();
  }

  static void assertSays(String wanted, Throwable e) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(wanted), message);
  }

  /// Walks the chain with the plainest reading of the format; counts the entries.
  static long assertChained(EntryReader reader) throws JournalException {
    long[] count = {0};
    Hash[] last = {Chain.genesis(Identity.journalId(reader.entry(1).orElseThrow()))};
    reader.forEach(
        1,
        entry -> {
          count[0]++;
          assertEquals(count[0], entry.index(), "index");
          assertEquals(last[0], entry.previous(), "previous of " + entry.index());
          assertEquals(hash(entry), entry.hash(), "hash of " + entry.index());
          last[0] = entry.hash();
        });
    return count[0];
  }

  private static Hash hash(Entry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write("grace-entry-v1\n".getBytes(StandardCharsets.UTF_8));
      out.writeLong(entry.index());
      out.writeLong(entry.epoch());
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
      for (String text : List.of(entry.actor(), entry.kind(), entry.subject(), entry.payload())) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
      out.write(entry.previous().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Hash.of(Hash.newSha256().digest(bytes.toByteArray()));
  }
}
