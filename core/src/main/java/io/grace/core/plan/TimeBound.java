package io.grace.core.plan;

import io.grace.core.model.Plans;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Node;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.Verification;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How long a playbook can take at most, whatever fails, by the longest way through it.
/// *Immutable.*
///
/// Of a batch of n services that take at most L each, of which m may be under way, the k-th, from
/// 0, begins no later than ⌊k/m⌋·L after the first: by then all but m − 1 of those before it are
/// over. So the batch takes at most ⌈n/m⌉·L. A loop with a pace may slow down to one at a time:
/// n·L.
///
/// @param steps all steps with their retries and checks
/// @param verification the judgement after them
/// @param undo undoing everything, one after the other
public record TimeBound(Duration steps, Duration verification, Duration undo) {
  public static TimeBound of(Playbook playbook) {
    return new TimeBound(
        sequence(playbook.steps()), playbook.verification().timeout(), undoing(playbook.steps()));
  }

  /// From approval to the judgement.
  public Duration forward() {
    return steps.plus(verification);
  }

  private static Duration sequence(List<Node> nodes) {
    return sum(nodes.stream().map(TimeBound::longest));
  }

  private static Duration longest(Node node) {
    return switch (node) {
      case Node.Step s ->
          s.timeout()
              .multipliedBy(1L + s.retries().max())
              .plus(s.retries().longest())
              .plus(s.check().map(Verification::timeout).orElse(Duration.ZERO));
      case Node.Branch b ->
          max(
              Stream.concat(
                  b.arms().stream().map(a -> sequence(a.steps())),
                  Stream.of(sequence(b.otherwise()))));
      case Node.Parallel p -> max(p.arms().stream().map(TimeBound::sequence));
      case Node.ForEach f -> loop(f);
      case Node.Wait w -> w.timeout();
      case Node.Question q -> q.timeout();
      case Node.Ladder l -> sum(l.rungs().stream().map(rung -> sequence(rung).plus(l.patience())));
      case Node.Sub s ->
          (s.playbook().preconditions().isEmpty() ? Duration.ZERO : Plans.PRECONDITIONS)
              .plus(of(s.playbook()).forward());
    };
  }

  private static Duration loop(Node.ForEach loop) {
    Duration one = sequence(loop.steps());
    int items = loop.items().most();
    if (loop.pace().isPresent()) {
      return one.multipliedBy(items);
    }
    int full = items / loop.batch();
    int rest = items % loop.batch();
    int batches = full + (rest > 0 ? 1 : 0);
    int rounds = full * up(loop.batch(), loop.atOnce()) + up(rest, loop.atOnce());
    return one.multipliedBy(rounds).plus(loop.pause().multipliedBy(batches - 1L));
  }

  private static int up(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static Duration undoing(List<Node> nodes) {
    return sum(nodes.stream().map(TimeBound::undoing));
  }

  /// Of the arms of a branch only one can have been taken.
  private static Duration undoing(Node node) {
    return switch (node) {
      case Node.Step s -> s.undo() instanceof Undo.Compensation ? s.timeout() : Duration.ZERO;
      case Node.ForEach f -> undoing(f.steps()).multipliedBy(f.items().most());
      case Node.Sub s -> undoing(s.playbook().steps());
      case Node.Branch b ->
          max(
              Stream.concat(
                  b.arms().stream().map(a -> undoing(a.steps())),
                  Stream.of(undoing(b.otherwise()))));
      case Node.Parallel _, Node.Ladder _, Node.Wait _, Node.Question _ ->
          sum(Playbook.inner(node).stream().map(TimeBound::undoing));
    };
  }

  private static Duration sum(Stream<Duration> durations) {
    return durations.reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration max(Stream<Duration> durations) {
    return durations.reduce(Duration.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }
}
