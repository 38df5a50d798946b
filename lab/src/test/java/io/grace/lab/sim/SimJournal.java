package io.grace.lab.sim;

import io.grace.core.event.Event;
import io.grace.core.spi.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A log in memory that outlives the process. It refuses, and the process dies around it; a batch
/// is there as a whole or not at all.
final class SimJournal implements Journal {
  private final Dice dice;
  private final UnaryOperator<List<Event>> plant;
  private final List<Event> log = new ArrayList<>();
  private boolean calm;
  private int outage;

  SimJournal(Dice dice, UnaryOperator<List<Event>> plant) {
    this.dice = dice;
    this.plant = plant;
  }

  List<Event> log() {
    return log;
  }

  void calm() {
    calm = true;
  }

  @Override
  public void append(List<Event> events) throws Unavailable {
    if (!calm) {
      refuse();
      crash("before append");
    }
    log.addAll(plant.apply(events));
    if (!calm) {
      crash("after append");
    }
  }

  private void refuse() throws Unavailable {
    if (outage == 0 && dice.permille(10)) {
      outage = dice.from(1, 8);
    }
    if (outage > 0) {
      outage--;
      throw new Unavailable("the disk is full", dice.percent(5), new IllegalStateException("full"));
    }
  }

  private void crash(String where) {
    if (dice.permille(6)) {
      throw new Chaos(where);
    }
  }
}
