package io.grace.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.cli.log.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

/// What a forger who can hash and sign may try.
class VerifierTest {
  private static final Ed25519PrivateKeyParameters OURS = Forge.key(1);
  private static final Ed25519PrivateKeyParameters NEXT = Forge.key(2);
  private static final Ed25519PrivateKeyParameters THEIRS = Forge.key(3);

  private static Trust trust(Optional<HeldCheckpoint> held) {
    return new Trust(
        PublicKey.parse(Forge.publicText(OURS)), held, Optional.of(Forge.ID), Long.MAX_VALUE);
  }

  private static Trust trust() {
    return trust(Optional.empty());
  }

  private static void assertOnly(Kind kind, long index, Verdict verdict) {
    assertEquals(1, verdict.findings().size(), verdict.findings().toString());
    assertEquals(kind, verdict.findings().getFirst().kind(), verdict.findings().toString());
    assertEquals(index, verdict.findings().getFirst().index(), verdict.findings().toString());
  }

  @Test
  void honestJournalIsClean() {
    Verdict verdict = Forge.verify(Forge.journal(OURS, 10).export(), trust());

    assertEquals(List.of(), verdict.findings());
    assertEquals(List.of(), verdict.warnings());
  }

  @Test
  void everyBitOfEveryLineIsProtected() {
    byte[] export =
        (String.join("\n", Forge.journal(OURS, 4).export()) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < export.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = export.clone();
        flipped[at] ^= (byte) (1 << bit);

        assertFalse(Forge.verify(flipped, trust()).isClean(), "byte " + at + ", bit " + bit);
      }
    }
  }

  @Test
  void forgedGenesisIsFoundByTheTrustedKey() {
    Verdict verdict = Forge.verify(Forge.journal(THEIRS, 10).export(), trust());

    assertOnly(Kind.FORGED_GENESIS, 1, verdict);
    assertFalse(verdict.pinned());
  }

  @Test
  void forgedGenesisIsOnlySelfConsistentWithoutTheKey() {
    Verdict verdict = Forge.verify(Forge.journal(THEIRS, 10).export(), Trust.none());

    assertTrue(verdict.isClean());
    assertTrue(verdict.warnings().getFirst().contains("nothing you gave vouches for"));
  }

  @Test
  void journalOfAnotherIdIsRefused() {
    Forge other = new Forge("someone-else").create(OURS).checkpoint(OURS);

    assertOnly(Kind.FORGED_GENESIS, 1, Forge.verify(other.export(), trust()));
  }

  @Test
  void firstEntryMustFollowFromTheJournalsId() {
    Forge forge = new Forge("someone-else");
    forge.entry(
        "journal.created",
        "{\"format\":1,\"journalId\":\"%s\",\"keyId\":\"%s\",\"publicKey\":\"%s\"}"
            .formatted(Forge.ID, Forge.id(OURS), Forge.publicText(OURS)));

    Verdict verdict = Forge.verify(forge.export(), trust());

    assertEquals(Kind.FORGED_GENESIS, verdict.findings().getFirst().kind());
  }

  @Test
  void rewrittenHistoryWithoutTheKeyBreaksTheSignature() {
    List<String> lines =
        new Forge(Forge.ID)
            .create(OURS)
            .checkpoint(OURS)
            .entry("note", "{}")
            .checkpoint(THEIRS)
            .export();

    assertOnly(Kind.BAD_SIGNATURE, 2, Forge.verify(lines, trust()));
  }

  @Test
  void checkpointOfAnotherHistoryIsFound() {
    Forge honest = Forge.journal(OURS, 3);
    Forge rewritten = new Forge(Forge.ID).create(OURS);
    for (int i = 0; i < 3; i++) {
      rewritten.entry("run.proposed", "{\"n\":9}");
    }
    List<String> lines = new ArrayList<>(rewritten.lines);
    lines.add(honest.lines.getLast());
    lines.add("{\"entries\":4,\"checkpoints\":1}");

    assertTrue(
        Forge.verify(lines, trust()).findings().stream()
            .anyMatch(
                finding -> finding.kind() == Kind.CHECKPOINT_MISMATCH && finding.index() == 4));
  }

  @Test
  void historyRewrittenWithTheStolenKeyContradictsAHeldCheckpoint() {
    HeldCheckpoint held = Forge.journal(OURS, 3).held(OURS);
    Forge rewritten = new Forge(Forge.ID).create(OURS);
    for (int i = 0; i < 5; i++) {
      rewritten.entry("note", "{}");
    }
    List<String> lines = rewritten.checkpoint(OURS).export();

    assertTrue(Forge.verify(lines, trust()).isClean(), "the key alone cannot tell");
    assertOnly(Kind.CHECKPOINT_MISMATCH, 4, Forge.verify(lines, trust(Optional.of(held))));
  }

  @Test
  void heldCheckpointAlonePinsAJournal() {
    Forge forge = Forge.journal(OURS, 3);
    Trust heldOnly =
        new Trust(
            Optional.empty(), Optional.of(forge.held(OURS)), Optional.empty(), Long.MAX_VALUE);

    assertTrue(Forge.verify(forge.export(), heldOnly).pinned());
  }

  @Test
  void heldCheckpointOfAnotherJournalOrSignerIsRefused() {
    List<String> lines = Forge.journal(OURS, 3).export();
    HeldCheckpoint foreign = new Forge("someone-else").create(OURS).held(OURS);
    HeldCheckpoint forged = Forge.journal(OURS, 3).held(THEIRS);

    assertOnly(
        Kind.FORGED_GENESIS, 1, withoutMismatch(Forge.verify(lines, trust(Optional.of(foreign)))));
    assertOnly(Kind.BAD_SIGNATURE, 4, Forge.verify(lines, trust(Optional.of(forged))));
  }

  private static Verdict withoutMismatch(Verdict verdict) {
    return new Verdict(
        verdict.journalId(),
        verdict.entries(),
        verdict.lastIndex(),
        verdict.head(),
        verdict.checkpoints(),
        verdict.signedUpTo(),
        verdict.unsigned(),
        verdict.pinned(),
        verdict.findings().stream()
            .filter(finding -> finding.kind() != Kind.CHECKPOINT_MISMATCH)
            .toList(),
        verdict.further(),
        verdict.warnings());
  }

  @Test
  void tailThatAStoredCheckpointCoversCannotBeCut() {
    Forge forge = Forge.journal(OURS, 5);
    List<String> lines = new ArrayList<>(forge.export());
    lines.remove(6); // entry 6; its checkpoint stays
    lines.set(lines.size() - 1, "{\"entries\":5,\"checkpoints\":1}");

    Verdict verdict = Forge.verify(lines, trust());

    assertTrue(
        verdict.findings().stream()
            .anyMatch(finding -> finding.kind() == Kind.CUT_TAIL && finding.index() == 6),
        verdict.findings().toString());
  }

  @Test
  void fallingEpochIsFound() {
    Forge forge = new Forge(Forge.ID);
    forge.epoch = 5;
    forge.create(OURS);
    forge.epoch = 4;
    forge.entry("note", "{}").checkpoint(OURS);

    assertOnly(Kind.EPOCH_FELL, 2, Forge.verify(forge.export(), trust()));
  }

  @Test
  void rotatedKeyTakesOver() {
    Forge forge = Forge.journal(OURS, 2).rotate(OURS, NEXT).checkpoint(NEXT);

    assertEquals(List.of(), Forge.verify(forge.export(), trust()).findings());
  }

  @Test
  void rotationThatTheOldKeyDidNotSignIsFound() {
    Forge forge = Forge.journal(OURS, 2).rotate(THEIRS, THEIRS).checkpoint(THEIRS);

    Verdict verdict = Forge.verify(forge.export(), trust());

    assertEquals(Kind.FORGED_ROTATION, verdict.findings().getFirst().kind());
    assertEquals(4, verdict.findings().getFirst().index());
    assertEquals(Kind.BAD_SIGNATURE, verdict.findings().get(1).kind());
  }

  @Test
  void retiredKeyCannotSignAfterItsRotation() {
    Forge forge = Forge.journal(OURS, 2).rotate(OURS, NEXT).entry("note", "{}").checkpoint(OURS);

    assertOnly(Kind.RETIRED_KEY, 5, Forge.verify(forge.export(), trust()));
  }

  @Test
  void unsignedTailIsAWarningUnlessLimited() {
    List<String> lines = Forge.journal(OURS, 2).entry("note", "{}").entry("note", "{}").export();

    Verdict verdict = Forge.verify(lines, trust());
    assertTrue(verdict.isClean());
    assertEquals(2, verdict.unsigned());
    assertEquals(
        List.of("2 entries after the last valid checkpoint are not signed yet"),
        verdict.warnings());

    Trust strict = new Trust(trust().firstKey(), Optional.empty(), Optional.empty(), 1);
    assertOnly(Kind.UNSIGNED, 4, Forge.verify(lines, strict));
  }

  @Test
  void journalWithoutAnySignatureIsNotClean() {
    Forge forge = new Forge(Forge.ID).create(OURS).entry("note", "{}");

    assertOnly(Kind.UNSIGNED, 1, Forge.verify(forge.export(), trust()));
  }

  @Test
  void findingsAreBounded() {
    Forge forge = new Forge(Forge.ID).create(OURS);
    for (int i = 0; i < 1_500; i++) {
      forge.entry("note", "{}");
    }
    List<String> lines =
        forge.checkpoint(OURS).export().stream()
            .map(line -> line.replace("run-1", "run-2"))
            .toList();

    Verdict verdict = Forge.verify(lines, trust());

    assertEquals(1_000, verdict.findings().size());
    assertEquals(501, verdict.further());
  }
}
