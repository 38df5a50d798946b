package io.grace.core.state;

import io.grace.core.model.Argument;
import io.grace.core.model.Plan;
import io.grace.core.model.Plan.Guard;
import io.grace.core.model.Plan.Result;
import io.grace.core.model.Plan.Slot;
import io.grace.core.state.Run.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far a run has come: where each step of its plan stands. *Immutable.*
///
/// A step opens as soon as all that it waits for is over, by itself and not by an event: what is
/// open follows from what happened.
///
/// @param places of the steps, by their number
/// @param touched steps that may have changed something, in the order in which they were begun
/// @param windows how many items of a group may be under way, by the group's number
/// @param acted whether anything was ever begun
/// @param halt nothing more is begun; what is under way may still end
public record Progress(
    List<Place> places,
    List<Integer> touched,
    List<Integer> windows,
    boolean acted,
    Optional<Halt> halt) {
  /// Where a step stands.
  public sealed interface Place {
    /// Waits for other steps, or for its turn.
    record Pending() implements Place {}

    /// An act that may be begun once the gate allows it.
    ///
    /// @param attempt from 0
    /// @param notBefore the backoff of a retry
    record Due(int attempt, Instant notBefore) implements Place {}

    /// The intent is journaled; the effect is under way, or may have been.
    record Acting(int attempt, long epoch, Instant since) implements Place {}

    /// Done, and its own check is being judged.
    record Checking(Instant since) implements Place {}

    /// Finds something out, waits, or asks.
    record Open(Instant since) implements Place {}

    record Over(Argument result, Instant at) implements Place {}
  }

  /// Why nothing more is begun, and what follows.
  ///
  /// @param end the outcome if it is undone
  public record Halt(Then then, Outcome end, String reason) {}

  public enum Then {
    /// Look whether it helped.
    VERIFY,
    /// Ask a person.
    ASK,
    UNDO
  }

  public Progress {
    places = List.copyOf(places);
    touched = List.copyOf(touched);
    windows = List.copyOf(windows);
  }

  static Progress begin(Plan plan, Instant at) {
    var pending = new Place.Pending();
    List<Place> places = plan.steps().stream().<Place>map(_ -> pending).toList();
    return new Progress(
            places,
            List.of(),
            plan.groups().stream().map(Plan.Group::start).toList(),
            false,
            Optional.empty())
        .opened(plan, at);
  }

  public Place place(int step) {
    return places.get(step);
  }

  public Optional<Argument> result(int step) {
    return places.get(step) instanceof Place.Over(Argument result, _)
        ? Optional.of(result)
        : Optional.empty();
  }

  /// Nothing was begun and nothing found out.
  public boolean isFresh() {
    return !acted && places.stream().noneMatch(p -> p instanceof Place.Over);
  }

  boolean isOver() {
    return places.stream().allMatch(p -> p instanceof Place.Over);
  }

  boolean isActing() {
    return places.stream().anyMatch(p -> p instanceof Place.Acting);
  }

  // ---- what happens

  Progress started(int step, int attempt, long epoch, Instant at) {
    var now = new ArrayList<>(touched);
    now.add(step);
    return new Progress(with(step, new Place.Acting(attempt, epoch, at)), now, windows, true, halt);
  }

  /// It changed nothing, and may be tried again.
  Progress again(int step, int attempt, Instant notBefore) {
    return new Progress(
        with(step, new Place.Due(attempt, notBefore)), without(step), windows, acted, halt);
  }

  Progress checking(int step, Instant at) {
    return new Progress(with(step, new Place.Checking(at)), touched, windows, acted, halt);
  }

  /// It failed and changed nothing.
  Progress failed(Plan plan, int step, Instant at) {
    return new Progress(places, without(step), windows, acted, halt)
        .over(plan, step, Result.FAILED, at);
  }

  Progress over(Plan plan, int step, Argument result, Instant at) {
    List<Integer> paces = windows;
    if (plan.steps().get(step).work() instanceof Plan.Pacing(int group, _)) {
      paces = new ArrayList<>(windows);
      int now = windows.get(group);
      paces.set(
          group,
          result.equals(Result.FASTER)
              ? Math.min(plan.groups().get(group).most(), now + 1)
              : Math.max(1, now / 2));
    }
    return new Progress(with(step, new Place.Over(result, at)), touched, paces, acted, halt)
        .opened(plan, at);
  }

  /// What was said first stays, except that undoing is never taken back.
  Progress halted(Halt next) {
    return halt.isPresent() && (halt.get().then() == Then.UNDO || next.then() != Then.UNDO)
        ? this
        : new Progress(places, touched, windows, acted, Optional.of(next));
  }

  private List<Place> with(int step, Place place) {
    var now = new ArrayList<>(places);
    now.set(step, place);
    return now;
  }

  private List<Integer> without(int step) {
    return touched.stream().filter(t -> t != step).toList();
  }

  // ---- what opens

  private Progress opened(Plan plan, Instant at) {
    var now = new ArrayList<>(places);
    var underWay = new HashMap<Integer, Integer>();
    for (int step = 0; step < now.size(); step++) {
      if (now.get(step) instanceof Place.Pending && isReady(plan.steps().get(step), now)) {
        now.set(step, opened(plan, step, now, underWay, at));
      }
    }
    return new Progress(now, touched, windows, acted, halt);
  }

  private static boolean isReady(Plan.Step step, List<Place> places) {
    return step.after().stream().allMatch(b -> places.get(b) instanceof Place.Over);
  }

  private Place opened(
      Plan plan, int number, List<Place> now, Map<Integer, Integer> underWay, Instant at) {
    Plan.Step step = plan.steps().get(number);
    if (!step.when().stream().allMatch(guard -> isMet(guard, now))) {
      return new Place.Over(Result.SKIPPED, at);
    }
    if (step.slot().isPresent() && !hasBegun(plan, step.slot().get(), now)) {
      int group = step.slot().get().group();
      int items = underWay.computeIfAbsent(group, g -> underWay(plan, g, now));
      if (items >= windows.get(group)) {
        return new Place.Pending();
      }
      underWay.put(group, items + 1);
    }
    return step.work() instanceof Plan.Act ? new Place.Due(0, at) : new Place.Open(at);
  }

  private static boolean isMet(Guard guard, List<Place> places) {
    return places.get(guard.step()) instanceof Place.Over(Argument result, _)
        && guard.results().contains(result);
  }

  /// Whether a step of the item was opened, so that it has its place already.
  private static boolean hasBegun(Plan plan, Slot slot, List<Place> places) {
    for (int step = 0; step < places.size(); step++) {
      if (plan.steps().get(step).slot().equals(Optional.of(slot))
          && !(places.get(step) instanceof Place.Pending)) {
        return true;
      }
    }
    return false;
  }

  /// Items of the group that have begun and are not over.
  private static int underWay(Plan plan, int group, List<Place> places) {
    var begun = new HashSet<Integer>();
    var left = new HashSet<Integer>();
    for (int step = 0; step < places.size(); step++) {
      var slot = plan.steps().get(step).slot();
      if (slot.isPresent() && slot.get().group() == group) {
        if (!(places.get(step) instanceof Place.Pending)) {
          begun.add(slot.get().item());
        }
        if (!(places.get(step) instanceof Place.Over)) {
          left.add(slot.get().item());
        }
      }
    }
    begun.retainAll(left);
    return begun.size();
  }
}
