package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.web.Aside.Done;
import io.grace.app.web.Aside.Failed;
import io.grace.app.web.Aside.Working;
import io.grace.runtime.config.ExitCriteria;
import io.grace.runtime.replay.Shadow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What observe mode would have done, read from the journal beside the loop.
@RestController
public final class ShadowApi {
  /// Often enough for what is judged in days.
  private static final Duration FRESH = Duration.ofMinutes(1);

  /// More rows than that nobody reads; the busiest are shown.
  private static final int MOST = 500;

  private final Backend backend;
  private final Aside<List<Shadow.Row>> report;

  /// Of the journal; read on from there, so that only the first report reads all of it.
  private final AtomicLong read = new AtomicLong();

  private Shadow shadow =
      new Shadow(); // Owned by the report's work, which never runs twice at once.

  ShadowApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.report = new Aside<>("shadow report", this::rows, FRESH, Aside.PATIENCE, clock);
  }

  private List<Shadow.Row> rows() throws StoreUnavailable {
    try {
      long before;
      do {
        before = read.get();
        read.set(backend.readEvents(before, shadow::read));
      } while (read.get() > before && !Thread.currentThread().isInterrupted());
      return shadow.rows();
    } catch (RuntimeException e) {
      // Half a page may be counted; from the start it is right again.
      shadow = new Shadow();
      read.set(0);
      throw e;
    }
  }

  /// The written criteria for more autonomy.
  public record CriteriaView(int days, int proposals, double right, double needless) {
    static CriteriaView of(ExitCriteria c) {
      return new CriteriaView(c.days(), c.proposals(), c.right(), c.needless());
    }
  }

  /// @param wouldAct by itself, in the mode above
  /// @param afterChange of those that recovered, after somebody changed the service
  /// @param missing criteria that are not met, in words; empty if more autonomy is earned
  public record ShadowRowView(
      String service,
      String playbook,
      int proposals,
      long days,
      int wouldAct,
      int wouldAsk,
      int wouldWait,
      int wouldNotAct,
      int right,
      int needless,
      int wrong,
      double rightShare,
      double needlessShare,
      int recovered,
      int afterChange,
      Instant first,
      Instant last,
      List<String> missing) {
    static ShadowRowView of(Shadow.Row r, ExitCriteria criteria) {
      return new ShadowRowView(
          r.service().value(),
          r.playbook().value(),
          r.proposals(),
          r.days(),
          r.acts(),
          r.asks(),
          r.waits(),
          r.refused(),
          r.right(),
          r.needless(),
          r.wrong(),
          r.rightShare(),
          r.needlessShare(),
          r.recovered(),
          r.touched(),
          r.first(),
          r.last(),
          r.missing(criteria));
    }
  }

  /// @param state `ready`, or `working` while the journal is read; then there are no items yet
  /// @param at when it was made
  /// @param read entries of the journal so far, of `entries`
  /// @param leftOut rows that are not shown; those with the most proposals are
  public record ShadowView(
      String state,
      Optional<Instant> at,
      long read,
      long entries,
      CriteriaView criteria,
      List<ShadowRowView> items,
      int leftOut) {}

  @GetMapping("/api/self_heal/shadow")
  public ResponseEntity<ShadowView> shadow() throws StoreUnavailable, InterruptedException {
    ShadowView view = look();
    return ResponseEntity.status(view.state().equals("ready") ? 200 : 202).body(view);
  }

  public ShadowView look() throws StoreUnavailable, InterruptedException {
    return switch (report.look()) {
      case Done<List<Shadow.Row>>(List<Shadow.Row> rows, Instant at) ->
          view("ready", Optional.of(at), rows);
      case Working<List<Shadow.Row>> _ -> view("working", Optional.empty(), List.of());
      case Failed<List<Shadow.Row>>(String why, Instant _) ->
          throw new StoreUnavailable(why, new IllegalStateException(why));
    };
  }

  private ShadowView view(String state, Optional<Instant> at, List<Shadow.Row> rows) {
    ExitCriteria criteria = backend.exitCriteria();
    return new ShadowView(
        state,
        at,
        read.get(),
        Math.max(read.get(), backend.head().index()),
        CriteriaView.of(criteria),
        rows.stream()
            .sorted(Comparator.comparingInt(Shadow.Row::proposals).reversed())
            .limit(MOST)
            .map(r -> ShadowRowView.of(r, criteria))
            .toList(),
        Math.max(0, rows.size() - MOST));
  }
}
