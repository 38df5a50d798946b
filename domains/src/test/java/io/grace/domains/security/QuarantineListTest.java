package io.grace.domains.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.security.QuarantineList.Entry;
import io.grace.domains.security.Subject.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineListTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void choose() {
    file = directory.resolve("quarantine.log");
  }

  private static Subject caller(String address) {
    return new Subject(Kind.CALLER, address);
  }

  private static Entry entry(Subject subject, String batch) {
    return new Entry(subject, batch, NOW, "tab\tand\nline");
  }

  @Test
  void whoIsHeldIsHeldAfterARestart() throws IOException {
    var list = QuarantineList.open(file);
    list.hold(List.of(entry(caller("192.0.2.1"), "r-1/0"), entry(caller("192.0.2.2"), "r-2/0")));
    list.release(e -> e.batch().equals("r-2/0"));

    var again = QuarantineList.open(file);

    assertTrue(again.holds(caller("192.0.2.1")));
    assertFalse(again.holds(caller("192.0.2.2")));
    assertEquals("r-1/0", again.entries().getFirst().batch());
  }

  @Test
  void theSecondToHoldSomebodyDoesNotOwnThem() throws IOException {
    var list = QuarantineList.open(file);
    list.hold(List.of(entry(caller("192.0.2.1"), "r-1/0")));

    assertEquals(List.of(), list.hold(List.of(entry(caller("192.0.2.1"), "r-2/0"))));
    assertEquals(List.of(), list.release(e -> e.batch().equals("r-2/0")));
    assertTrue(list.holds(caller("192.0.2.1")));
  }

  @Test
  void aNetworkHoldsItsCallersAndNobodyElse() throws IOException {
    var list = QuarantineList.open(file);
    list.hold(List.of(entry(new Subject(Kind.NETWORK, "203.0.113.0/24"), "r-1/0")));

    assertTrue(list.holds(caller("203.0.113.9")));
    assertFalse(list.holds(caller("203.0.114.9")));
    assertFalse(list.holds(caller("no address")));
    assertFalse(list.holds(new Subject(Kind.TOKEN, "203.0.113.9")));
  }

  @Test
  void theEndThatACrashCutIsIgnoredAndWrittenOver() throws IOException {
    QuarantineList.open(file).hold(List.of(entry(caller("192.0.2.1"), "r-1/0")));
    Files.writeString(file, "+\tr-2/0\tCALLER\t192.0", StandardOpenOption.APPEND);

    var again = QuarantineList.open(file);
    again.hold(List.of(entry(caller("192.0.2.3"), "r-3/0")));

    assertEquals(2, QuarantineList.open(file).entries().size());
  }

  @Test
  void whatIsNoListIsRefused() throws IOException {
    Files.writeString(file, "something else\n");

    assertThrows(IOException.class, () -> QuarantineList.open(file));
  }

  @Test
  void aFullListRefusesAllAndKeepsWhatItHas() throws IOException {
    var list = QuarantineList.open(file);
    List<Entry> many = new ArrayList<>();
    for (int i = 0; i <= QuarantineList.MOST_NETWORKS; i++) {
      many.add(
          entry(new Subject(Kind.NETWORK, "10." + i % 256 + "." + i / 256 + ".0/24"), "r-1/0"));
    }

    assertThrows(IOException.class, () -> list.hold(many));
    assertEquals(List.of(), list.entries());
  }
}
