package io.grace.lab.demo;

import java.io.IOException;

/// Takes a fault back by hand, as an operator would where GRACE only observes.
final class Cure {
  private Cure() {}

  static void byHand(Fleet fleet, Scenario scenario) throws IOException, InterruptedException {
    switch (scenario.fault()) {
      case "crash", "hang" -> fleet.restart(scenario.service());
      case "bad-flag" -> fleet.post(scenario.service(), "/admin/flags/new_pricing?state=false");
      case "breaker" -> fleet.post(scenario.service(), "/admin/breakers/reset");
      case "cold-cache" -> fleet.post(scenario.service(), "/admin/cache/warm");
      default -> throw new IllegalArgumentException("no cure for " + scenario.fault());
    }
  }
}
