package io.grace.runtime.replay;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunObserved;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.model.Mode;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.runtime.config.ExitCriteria;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What observe mode would have done, for each service and playbook, and how often that would have
/// been right. Owned by one thread.
///
/// A proposal that was only watched is judged when its service is well again, or when its time is
/// over:
///
/// - *needless* if the service recovered sooner than the playbook could have been verified;
/// - *right* if it did not, and the diagnosis that it answers still stood at the end;
/// - *wrong* if the diagnosis had become another one by then.
///
/// A recovery after somebody changed the service is not one by itself: the proposal was needed.
public final class Shadow {
  /// What was seen of one service and playbook.
  ///
  /// @param acts would have acted by itself in the mode above; `asks`, `waits`, `refused` likewise
  /// @param recovered services that became well while it was watched, whoever did it
  /// @param touched of these, after somebody changed the service
  public record Row(
      ServiceId service,
      PlaybookId playbook,
      int proposals,
      int acts,
      int asks,
      int waits,
      int refused,
      int right,
      int needless,
      int wrong,
      int recovered,
      int touched,
      Instant first,
      Instant last) {
    private int judged() {
      return right + needless + wrong;
    }

    /// The share of those judged, in [0, 1].
    public double rightShare() {
      return judged() == 0 ? 0 : (double) right / judged();
    }

    public double needlessShare() {
      return judged() == 0 ? 0 : (double) needless / judged();
    }

    public long days() {
      return Duration.between(first, last).toDays();
    }

    /// The criteria that are not met, in words; empty if more autonomy is earned.
    public List<String> missing(ExitCriteria criteria) {
      var missing = new ArrayList<String>();
      if (days() < criteria.days()) {
        missing.add(days() + " of " + criteria.days() + " days");
      }
      if (judged() < criteria.proposals()) {
        missing.add(judged() + " of " + criteria.proposals() + " proposals");
      }
      if (rightShare() < criteria.right()) {
        missing.add(percent(rightShare()) + " right of " + percent(criteria.right()));
      }
      if (needlessShare() > criteria.needless()) {
        missing.add(
            percent(needlessShare()) + " needless, at most " + percent(criteria.needless()));
      }
      return missing;
    }
  }

  private record Key(ServiceId service, PlaybookId playbook) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byService = service.compareTo(other.service);
      return byService != 0 ? byService : playbook.compareTo(other.playbook);
    }
  }

  private static final class Watched {
    private final Proposal proposal;
    private final Instant since;
    private boolean isOtherNow;
    private boolean isTouched;

    Watched(Proposal proposal, Instant since) {
      this.proposal = proposal;
      this.since = since;
    }
  }

  private static final class Counts {
    private int proposals;
    private int acts;
    private int asks;
    private int waits;
    private int refused;
    private int right;
    private int needless;
    private int wrong;
    private int recovered;
    private int touched;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
  }

  private final Map<RunId, Watched> watched = new HashMap<>();
  private final Map<Key, Counts> counts = new TreeMap<>();

  /// The next event of the journal.
  public void read(Event event) {
    switch (event) {
      case RunProposed e when e.proposal().mode() == Mode.OBSERVE -> {
        watched.put(e.run(), new Watched(e.proposal(), e.at()));
        propose(e);
      }
      case RunObserved e -> {
        var run = watched.remove(e.run());
        if (run != null) {
          judge(run, e);
        }
      }
      case RunEvent e when !(e instanceof RunProposed) -> watched.remove(e.run());
      case IncidentDiagnosed e ->
          watched.values().stream()
              .filter(w -> w.proposal.incident().equals(e.incident()))
              .forEach(
                  w -> w.isOtherNow = !w.proposal.diagnosis().kind().equals(e.diagnosis().kind()));
      case ChangeSeen e ->
          watched.values().stream()
              .filter(w -> w.proposal.service().equals(e.change().service()))
              .filter(w -> !e.change().at().isBefore(w.since))
              .forEach(w -> w.isTouched = true);
      default -> {}
    }
  }

  private Counts of(Proposal proposal) {
    return counts.computeIfAbsent(
        new Key(proposal.service(), proposal.plan().playbook()), _ -> new Counts());
  }

  private void propose(RunProposed e) {
    Counts of = of(e.proposal());
    of.proposals++;
    of.first = e.at().isBefore(of.first) ? e.at() : of.first;
    of.last = e.at().isAfter(of.last) ? e.at() : of.last;
    if (e.verdict().startsWith("would ask")) {
      of.asks++;
    } else if (e.verdict().startsWith("would wait")) {
      of.waits++;
    } else if (e.verdict().startsWith("would not act")) {
      of.refused++;
    } else {
      of.acts++;
    }
  }

  private void judge(Watched run, RunObserved e) {
    Counts of = of(run.proposal);
    of.recovered += e.recovered() ? 1 : 0;
    of.touched += e.recovered() && run.isTouched ? 1 : 0;
    boolean isByItself = e.recovered() && !run.isTouched;
    if (isByItself && e.after().compareTo(quickest(run.proposal)) < 0) {
      of.needless++;
    } else if (run.isOtherNow) {
      of.wrong++;
    } else {
      of.right++;
    }
  }

  /// When the run could have been verified at the latest, if nothing had failed.
  private static Duration quickest(Proposal proposal) {
    return proposal.plan().verification().timeout();
  }

  public List<Row> rows() {
    return counts.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList();
  }

  private static Row row(Key key, Counts c) {
    return new Row(
        key.service(),
        key.playbook(),
        c.proposals,
        c.acts,
        c.asks,
        c.waits,
        c.refused,
        c.right,
        c.needless,
        c.wrong,
        c.recovered,
        c.touched,
        c.first,
        c.last);
  }

  /// At most 80 columns each.
  public List<String> lines(ExitCriteria criteria) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "exit criteria: %d days, %d proposals, %s right, at most %s needless",
            criteria.days(),
            criteria.proposals(),
            percent(criteria.right()),
            percent(criteria.needless())));
    if (counts.isEmpty()) {
      lines.add("nothing was observed: no proposal was made in observe mode");
    }
    for (Row row : rows()) {
      lines.add("");
      lines.add(row.service() + " x " + row.playbook());
      lines.add(
          String.format(
              Locale.ROOT,
              "  %d proposals in %d days: would act %d, ask %d, wait %d, not act %d",
              row.proposals(),
              row.days(),
              row.acts(),
              row.asks(),
              row.waits(),
              row.refused()));
      lines.add(
          String.format(
              Locale.ROOT,
              "  right %d (%s), needless %d, wrong %d; %d recovered, %d after a change",
              row.right(),
              percent(row.rightShare()),
              row.needless(),
              row.wrong(),
              row.recovered(),
              row.touched()));
      List<String> missing = row.missing(criteria);
      lines.add(
          missing.isEmpty()
              ? "  MET: it may be given more autonomy"
              : "  not met: " + String.join(", ", missing));
    }
    return lines;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }
}
