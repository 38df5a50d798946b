package io.grace.runtime.memory;

import static io.grace.runtime.memory.Made.NOON;
import static io.grace.runtime.memory.Made.cell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.MemoryEvent.MemoryDenied;
import io.grace.core.event.MemoryEvent.MemoryForgetting;
import io.grace.core.event.MemoryEvent.MemoryForgotten;
import io.grace.core.event.MemoryEvent.MemoryRecalled;
import io.grace.core.event.MemoryEvent.MemoryRemembered;
import io.grace.core.event.MemoryEvent.MemoryThrottled;
import io.grace.core.loop.MemoryCommand;
import io.grace.core.memory.Access;
import io.grace.core.memory.Cell;
import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Sensitivity;
import io.grace.core.model.Hash;
import io.grace.core.state.Snapshot;
import io.grace.runtime.Await;
import io.grace.runtime.codec.Payloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broker on a real loop: what is handed out is judged and recorded before.
class BrokerTest {
  private static final Cell KNOWN = cell(DomainId.KNOWLEDGE, MemoryType.SEMANTIC);
  private static final Credential CORE = new Credential(DomainId.CORE, "core-agent");
  private static final Credential ML = new Credential(DomainId.ML, "ml-agent");

  @TempDir Path directory;
  private LoopOfMemories loop;

  @BeforeEach
  void start() throws Exception {
    loop = new LoopOfMemories(directory, Snapshot.EMPTY);
  }

  @AfterEach
  void stop() throws Exception {
    loop.close();
  }

  @Test
  void whatIsRememberedIsRecalledAndSigned() throws Exception {
    Memory memory = remember(CORE, Made.CORE, "the pool of payments is exhausted");

    var signed = recalled(recall(CORE, "exhausted pool", DomainId.CORE));

    assertEquals(List.of(memory.id()), ids(signed));
    var item = signed.value().memories().getFirst();
    assertEquals(Access.FULL, item.access());
    assertEquals(Optional.of(memory.content()), item.content());
    assertTrue(signed.isBy(loop.key.publicKey()), "the signature is that of the journal's key");
  }

  @Test
  void aChangedAnswerFailsItsSignature() throws Exception {
    remember(CORE, Made.CORE, "the pool of payments is exhausted");
    var signed = recalled(recall(CORE, "pool", DomainId.CORE));
    var v = signed.value();

    var forged =
        new Signed<>(
            new Told(
                DomainId.ML,
                v.actor(),
                v.purpose(),
                v.shape(),
                v.at(),
                v.memories(),
                v.counts(),
                v.answer(),
                v.explanation(),
                v.policies()),
            signed.keyId(),
            signed.signature());

    assertFalse(forged.isBy(loop.key.publicKey()));
    var read = Payloads.read(Payloads.canonical(v), Told.class);
    assertTrue(
        new Signed<>(read, signed.keyId(), signed.signature()).isBy(loop.key.publicKey()),
        "who reads it from JSON can verify it");
  }

  @Test
  void aGrantIsInTheJournalWithItsCountsAndWithoutWords() throws Exception {
    remember(CORE, Made.CORE, "the pool of payments is exhausted");

    var signed = recalled(recall(CORE, "pool", DomainId.CORE));

    var event = loop.all(MemoryRecalled.class).getFirst();
    assertEquals(1, event.given().get(DomainId.CORE));
    assertEquals(signed.value().answer(), event.answer());
    assertEquals(
        Hash.sha256(Payloads.canonical(signed.value().memories())),
        event.answer(),
        "the journal vouches for exactly these memories");
    assertEquals(Hash.sha256("pool"), event.query());
    assertFalse(Payloads.canonical(event).contains("exhausted"), "no content in the journal");
    assertFalse(
        Payloads.canonical(loop.all(MemoryRemembered.class).getFirst()).contains("exhausted"));
  }

  @Test
  void nothingIsHandedOutWhileTheJournalIsUnavailable() throws Exception {
    remember(CORE, Made.CORE, "the pool of payments is exhausted");
    loop.isBroken = true;

    assertInstanceOf(
        Answer.Unavailable.class, loop.broker.recall(recall(CORE, "pool", DomainId.CORE)));
    assertInstanceOf(
        Answer.Unavailable.class, loop.broker.remember(CORE, Made.memory("not recorded")));
    assertEquals(1, loop.bank.size(), "what is not recorded is not kept");

    loop.isBroken = false;
    assertEquals(1, ids(recalled(recall(CORE, "pool", DomainId.CORE))).size());
  }

  @Test
  void anotherDomainsMemoriesNeedTrust() throws Exception {
    remember(new Credential(DomainId.KNOWLEDGE, "k"), KNOWN, "a pool has a size");

    var refused =
        assertInstanceOf(
            Answer.Refused.class, loop.broker.recall(recall(ML, "pool", DomainId.KNOWLEDGE)));
    assertEquals("cross_domain_trust", refused.rule());
    assertEquals(1, loop.all(MemoryDenied.class).size(), "the denial is recorded");

    trust(DomainId.ML, 0.8);
    var told = recalled(recall(ML, "pool", DomainId.KNOWLEDGE)).value();
    assertEquals(Access.CROSS_DOMAIN, told.memories().getFirst().access());
  }

  @Test
  void ofSensitiveMemoriesOfOthersOnlyTheExistenceIsTold() throws Exception {
    var who = new Credential(DomainId.KNOWLEDGE, "k");
    var sensitive = new Cell(DomainId.KNOWLEDGE, MemoryType.SEMANTIC, Sensitivity.SENSITIVE);
    var secret = new Cell(DomainId.KNOWLEDGE, MemoryType.SEMANTIC, Sensitivity.SECRET);
    remember(who, sensitive, "ann has the pool's telephone");
    remember(who, secret, "the pool's password is in the safe");
    trust(DomainId.ML, 1);

    var told = recalled(recall(ML, "pool", DomainId.KNOWLEDGE)).value();

    assertEquals(1, told.memories().size(), "a secret does not show that it exists");
    assertEquals(Access.RESTRICTED, told.memories().getFirst().access());
    assertEquals(Optional.empty(), told.memories().getFirst().content());
    assertEquals(Set.of(), told.memories().getFirst().context());
    assertEquals(1, told.counts().restricted());
  }

  @Test
  void purposeLimitsWhatIsSensitive() throws Exception {
    var secret = new Cell(DomainId.CORE, MemoryType.SEMANTIC, Sensitivity.SECRET);
    remember(CORE, secret, "the pool's password is in the safe");
    var recall = recall(CORE, "pool", DomainId.CORE);

    assertEquals(1, ids(recalled(recall)).size());
    assertEquals(0, ids(recalled(with(recall, Purpose.TRAINING))).size());
  }

  @Test
  void theQuotaHoldsForEverythingADomainDoes() throws Exception {
    var who = new Credential(DomainId.SELF_HEAL, "s");
    var own = cell(DomainId.SELF_HEAL, MemoryType.EPISODIC);
    for (int i = 0; i < 25; i++) {
      remember(who, own, "pool " + i);
      recalled(recall(who, "pool", DomainId.SELF_HEAL));
    }

    var refused =
        assertInstanceOf(
            Answer.Refused.class, loop.broker.recall(recall(who, "pool", DomainId.SELF_HEAL)));

    assertEquals("quota", refused.rule());
    assertEquals(1, loop.all(MemoryThrottled.class).size());
    loop.now = NOON.plusSeconds(61);
    recalled(recall(who, "pool", DomainId.SELF_HEAL));
  }

  @Test
  void rankingPutsRecentUsedFittingAndTrustedFirst() throws Exception {
    Memory old = Made.memory(Made.CORE, "pool exhausted one", 60 * 24 * 30);
    Memory recent = Made.memory(Made.CORE, "pool exhausted two", 1);
    loop.bank.keep(List.of(old, recent));

    var told = recalled(recall(CORE, "pool exhausted", DomainId.CORE)).value();

    assertEquals(recent.id(), told.memories().getFirst().id());
    for (Told.Item item : told.memories()) {
      var p = item.parts();
      assertEquals(
          0.40 * p.relevance()
              + 0.20 * p.recency()
              + 0.10 * p.frequency()
              + 0.15 * p.context()
              + 0.15 * p.trust(),
          item.score(),
          1e-4,
          "the score is what the explanation says");
    }
  }

  @Test
  void whatExpiredIsNotToldAndIsRemovedWithProof() throws Exception {
    var brief =
        Memory.of(
            Made.CORE, "pool for a minute", Set.of(), 1, NOON, Optional.of(NOON.plusSeconds(60)));
    loop.bank.keep(List.of(brief));
    assertEquals(1, ids(recalled(recall(CORE, "pool", DomainId.CORE))).size());

    loop.now = NOON.plusSeconds(60);
    assertEquals(0, ids(recalled(recall(CORE, "pool", DomainId.CORE))).size());
    loop.broker.sweep();

    assertEquals(0, loop.bank.size());
    assertEquals(1, loop.all(MemoryForgotten.class).getFirst().removed());
  }

  @Test
  void forgettingIsProvedAndRecorded() throws Exception {
    Memory gone = remember(CORE, Made.CORE, "the pool of payments is exhausted");
    Memory stays = remember(CORE, Made.CORE, "the pool of orders is exhausted");
    recalled(recall(CORE, "pool", DomainId.CORE));

    var answer =
        assertInstanceOf(
            Answer.Forgot.class, loop.broker.forget(CORE, List.of(gone.id()), "asked by ann"));

    var proof = answer.proof();
    assertTrue(proof.isBy(loop.key.publicKey()));
    assertEquals(List.of(gone.id()), proof.value().removed());
    assertEquals(
        List.of("store", "index", "uses", "prefetch"),
        proof.value().parts().stream().map(ForgetProof.Part::name).toList());
    assertTrue(proof.value().parts().stream().allMatch(p -> p.found() == 0));
    var event = loop.all(MemoryForgotten.class).getFirst();
    assertEquals(Forgetter.hash(proof), event.proof(), "the journal vouches for the proof");
    assertEquals(List.of(stays.id()), ids(recalled(recall(CORE, "pool", DomainId.CORE))));
  }

  @Test
  void nobodyForgetsForAnotherDomain() throws Exception {
    Memory memory = remember(CORE, Made.CORE, "the pool of payments is exhausted");

    var refused =
        assertInstanceOf(
            Answer.Refused.class, loop.broker.forget(ML, List.of(memory.id()), "mine"));

    assertEquals("domain_isolation", refused.rule());
    assertEquals(1, loop.bank.size());
    assertEquals(memory.id(), loop.all(MemoryDenied.class).getFirst().shape());
  }

  @Test
  void whatACrashLeftHalfForgottenIsForgottenInTheNextLife() throws Exception {
    Memory memory = remember(CORE, Made.CORE, "the pool of payments is exhausted");
    assertTrue(
        loop.thread()
            .ask(
                new MemoryCommand.Forget(CORE, List.of(memory.id()), "asked"),
                Duration.ofSeconds(5))
            .isPresent());
    assertEquals(1, loop.all(MemoryForgetting.class).size(), "the intent alone");
    Snapshot left = loop.snapshot();
    loop.close();

    loop = new LoopOfMemories(directory, left);
    loop.broker.resume();

    assertEquals(0, loop.bank.size());
    assertTrue(loop.snapshot().memories().forgetting().isEmpty());
  }

  @Test
  void whatFollowsIsSearchedAheadAndJudgedAnew() throws Exception {
    remember(CORE, Made.CORE, "the pool of payments is exhausted");
    var one = recall(CORE, "pool", DomainId.CORE);
    var two = recall(CORE, "payments", DomainId.CORE);
    for (int i = 0; i < 3; i++) {
      recalled(one);
      if (i == 2) {
        Await.until("it is searched ahead", () -> loop.broker.patterns().prefetch().waiting() > 0);
      }
      recalled(two);
    }

    assertEquals(1, loop.broker.patterns().prefetch().used());
    assertEquals(6, loop.all(MemoryRecalled.class).size(), "each is recorded all the same");
    assertEquals(
        2,
        loop.snapshot().memories().use(DomainId.CORE).habits().size(),
        "what is asked again and again is shown");
  }

  @Test
  void aChangeMakesWhatWasSearchedAheadWorthless() throws Exception {
    remember(CORE, Made.CORE, "the pool of payments is exhausted");
    var one = recall(CORE, "pool", DomainId.CORE);
    var two = recall(CORE, "payments", DomainId.CORE);
    for (int i = 0; i < 2; i++) {
      recalled(one);
      recalled(two);
    }
    recalled(one);
    Await.until("it is searched ahead", () -> loop.broker.patterns().prefetch().waiting() > 0);

    Memory fresh = remember(CORE, Made.CORE, "payments is slow");

    assertTrue(ids(recalled(two)).contains(fresh.id()), "the newest is told");
  }

  @Test
  void withoutWordsTheNewestAreTold() throws Exception {
    Memory early = Made.memory(Made.CORE, "early", 9);
    Memory late = Made.memory(Made.CORE, "late", 1);
    loop.bank.keep(List.of(early, late));

    assertEquals(List.of(late.id(), early.id()), ids(recalled(recall(CORE, " ", DomainId.CORE))));
  }

  private Memory remember(Credential who, Cell cell, String content) throws Exception {
    Memory memory = Made.memory(cell, content, 0);
    assertEquals(new Answer.Kept(memory.id()), loop.broker.remember(who, memory));
    return memory;
  }

  private void trust(DomainId domain, double trust) throws Exception {
    assertTrue(loop.broker.trust(domain, trust, "ann", "proved itself"));
  }

  private Signed<Told> recalled(Recall recall) throws Exception {
    return assertInstanceOf(Answer.Recalled.class, loop.broker.recall(recall)).told();
  }

  private static List<Hash> ids(Signed<Told> signed) {
    return signed.value().memories().stream().map(Told.Item::id).toList();
  }

  private static Recall with(Recall r, Purpose purpose) {
    return new Recall(
        r.who(),
        purpose,
        r.query(),
        r.context(),
        r.owners(),
        r.types(),
        r.from(),
        r.until(),
        r.limit());
  }

  private static Recall recall(Credential who, String query, DomainId owner) {
    return new Recall(
        who,
        Purpose.INCIDENT,
        query,
        Set.of("orders"),
        Set.of(owner),
        Set.of(MemoryType.EPISODIC, MemoryType.SEMANTIC),
        Optional.empty(),
        Optional.empty(),
        10);
  }
}
