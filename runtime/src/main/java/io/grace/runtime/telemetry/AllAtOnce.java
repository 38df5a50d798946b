package io.grace.runtime.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks all instances at the same time, so that one that hangs costs the others nothing.
final class AllAtOnce {
  /// More instances than GRACE watches of one service from one place.
  private static final int INSTANCES_MAX = 1_000;

  private AllAtOnce() {}

  /// What is asked of one instance.
  @FunctionalInterface
  interface Question<T, R> {
    /// @throws Exception if there is no answer
    R ask(T instance) throws Exception;
  }

  /// The answers in the order of the instances; empty where there was none in time.
  static <T, R> List<Optional<R>> ask(List<T> instances, Duration limit, Question<T, R> question)
      throws InterruptedException {
    Function<T, Callable<R>> asking = instance -> () -> question.ask(instance);
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var asked = instances.stream().limit(INSTANCES_MAX).map(asking).toList();
      var answers = new ArrayList<Optional<R>>();
      for (var answer : executor.invokeAll(asked, limit.toMillis(), TimeUnit.MILLISECONDS)) {
        answers.add(answerOf(answer));
      }
      return answers;
    } finally {
      executor.shutdownNow();
    }
  }

  private static <R> Optional<R> answerOf(Future<R> answer) throws InterruptedException {
    try {
      return Optional.of(answer.get());
    } catch (ExecutionException | CancellationException _) {
      return Optional.empty();
    }
  }
}
