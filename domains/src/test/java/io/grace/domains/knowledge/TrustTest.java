package io.grace.domains.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustTest {
  private static final ServiceId ORDERS = new ServiceId("orders");

  @TempDir Path directory;
  @TempDir Path wiki;
  @TempDir Path repo;

  private Trust trust(Desk desk) {
    var settings =
        new Settings(
            List.of(spec("wiki", wiki, 0.2), spec("repo", repo, 0.9)),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofDays(30));
    return Trust.open(
        directory.resolve("trust.json"), settings, desk.library, desk.graph, desk.instant());
  }

  private static SourceSpec spec(String name, Path folder, double provenance) {
    return new SourceSpec(
        name,
        SourceSpec.Kind.FOLDER,
        folder.toString(),
        Optional.empty(),
        provenance,
        Optional.empty());
  }

  private void takeBoth(Desk desk) throws Exception {
    desk.take(spec("wiki", wiki, 0.2));
    desk.take(spec("repo", repo, 0.9));
  }

  private static Trust.Score score(Trust trust, String source) {
    return Optional.ofNullable(trust.scores().of().get(source)).orElseThrow();
  }

  @Test
  void scoreIsTheWeightedSumOfItsFourParts() throws Exception {
    try (var desk = new Desk(directory)) {
      Desk.write(repo, "a.md", "---\nowner: ann\nreviewed: 2026-05-30\n---\n# Replica\nlag");
      takeBoth(desk);
      var trust = trust(desk);

      trust.update(desk.instant());

      var repo = score(trust, "repo");
      assertEquals(0.9, repo.provenance());
      assertEquals(0.5, repo.consensus(), 1e-9);
      // Half for the owner, and a review of 180.5 days ago.
      assertEquals(0.5 + 0.5 * Math.pow(0.5, 180.5 / 180), repo.governance(), 1e-9);
      assertEquals(0.5, repo.usage(), 1e-9);
      assertEquals(
          0.35 * 0.9 + 0.25 * 0.5 + 0.2 * repo.governance() + 0.2 * 0.5, repo.score(), 1e-9);
    }
  }

  @Test
  void sourcesThatAgreeGainAndOneThatIsDeniedLoses() throws Exception {
    try (var desk = new Desk(directory)) {
      String catalogue = "kind: Component\nmetadata: {name: %s}\nspec: {owner: %s}\n";
      Desk.write(wiki, "a/catalog-info.yaml", catalogue.formatted("orders", "ann"));
      Desk.write(repo, "a/catalog-info.yaml", catalogue.formatted("orders", "ann"));
      takeBoth(desk);
      var trust = trust(desk);
      trust.update(desk.instant());
      double agreed = score(trust, "wiki").consensus();

      Desk.write(wiki, "a/catalog-info.yaml", catalogue.formatted("orders", "eve the other"));
      takeBoth(desk);
      trust.update(desk.instant());
      double denied = score(trust, "wiki").consensus();

      assertTrue(agreed > 0.6, "agreed " + agreed);
      assertEquals(1.0 / 3, denied, 1e-9);
    }
  }

  @Test
  void trustThatNobodyRenewsSinksToTheFloor() throws Exception {
    try (var desk = new Desk(directory)) {
      var trust = trust(desk);
      trust.update(desk.instant());
      double fresh = trust.of("repo", desk.instant());

      desk.later(Duration.ofDays(30));
      assertEquals(0.1 + (fresh - 0.1) / 2, trust.of("repo", desk.instant()), 1e-9);
      desk.later(Duration.ofDays(3000));
      assertEquals(0.1, trust.of("repo", desk.instant()), 1e-6);

      trust.update(desk.instant());
      assertEquals(fresh, trust.of("repo", desk.instant()), 1e-9);
    }
  }

  private static IncidentId incident(int number) {
    return new IncidentId("inc-" + number);
  }

  private void incident(Desk desk, Trust trust, int number, boolean isHealed) {
    var usage = trust.usage();
    var now = desk.instant();
    usage.hear(
        List.of(
            new Event.IncidentOpened(
                incident(number), ORDERS, Hash.sha256("x"), Severity.LOW, now)));
    usage.shown(ORDERS, Set.of("wiki"));
    usage.hear(
        List.of(
            isHealed
                ? new Event.IncidentResolved(incident(number), Event.Recovery.BY_RUN, now)
                : new Event.IncidentEscalated(incident(number), "nothing helps", now)));
  }

  @Test
  void whatWasShownBeforeASuccessGainsAndBeforeACallLosesAndBothFade() throws Exception {
    try (var desk = new Desk(directory)) {
      var trust = trust(desk);
      incident(desk, trust, 1, true);
      incident(desk, trust, 2, true);
      trust.update(desk.instant());
      assertEquals(3.0 / 4, score(trust, "wiki").usage(), 1e-9);
      assertEquals(1.0 / 2, score(trust, "repo").usage(), 1e-9);

      incident(desk, trust, 3, false);
      trust.update(desk.instant());
      assertEquals(3.0 / 5, score(trust, "wiki").usage(), 1e-9);

      desk.later(Duration.ofDays(30));
      trust.update(desk.instant());
      assertEquals((1 + 1.0) / (2 + 1.5), score(trust, "wiki").usage(), 1e-9);
    }
  }

  @Test
  void scoresAndWhatTheyRestOnSurviveARestart() throws Exception {
    try (var desk = new Desk(directory)) {
      var trust = trust(desk);
      incident(desk, trust, 1, true);
      trust.update(desk.instant());
      double before = score(trust, "wiki").score();

      var again = trust(desk);

      assertEquals(before, score(again, "wiki").score());
      again.update(desk.instant());
      assertEquals(before, score(again, "wiki").score(), 1e-9);
    }
  }

  @Test
  void damagedFileOfScoresBeginsAnew() throws IOException {
    Kept.write(directory.resolve("trust.json"), new byte[] {1, 2, 3});
    try (var desk = new Desk(directory)) {
      assertEquals(0.5, trust(desk).of("wiki", desk.instant()));
    }
  }
}
