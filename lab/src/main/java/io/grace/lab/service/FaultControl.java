package io.grace.lab.service;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/// How an experimenter breaks a service. It answers even while the service hangs. Thread-safe.
final class FaultControl {
  /// What is to happen once the answer is out.
  interface Afterwards {
    void run();
  }

  /// @param afterwards does nothing for every fault but the one that leaves nobody to answer
  record Done(Reply reply, Afterwards afterwards) {}

  static final int CRASH_CODE = 137;

  /// A leak of more would fill the 48 MiB heap before a metric could show it.
  private static final Range LEAK_MB = new Range(1, 64);

  private final State state;

  FaultControl(State state) {
    this.state = state;
  }

  Done answer(Request request) throws IOException {
    if (request.method().equals("DELETE") && request.path().equals("/fault")) {
      request.allow(Set.of());
      state.faults().clear();
      return done(Reply.json("{\"cleared\":true}"));
    }
    if (!request.method().equals("POST")) {
      return done(Reply.text(405, "want POST /fault/{name} or DELETE /fault"));
    }
    if (request.path().equals("/fault/crash")) {
      request.allow(Set.of());
      return new Done(injected(request), () -> Runtime.getRuntime().halt(CRASH_CODE));
    }
    return done(
        inject(request)
            ? injected(request)
            : Reply.text(404, state.self().id() + " cannot suffer " + request.path()));
  }

  private boolean inject(Request request) throws IOException {
    return switch (request.path()) {
      case "/fault/hang" -> plain(request, true, () -> state.faults().hang());
      case "/fault/bad-flag" -> plain(request, true, () -> state.flags().setNewPricing(true));
      case "/fault/cold-cache" -> plain(request, state.hasCache(), () -> state.cache().flush());
      case "/fault/breaker" -> plain(request, state.hasBreaker(), () -> state.breaker().stick());
      case "/fault/latency" -> {
        state.faults().latency(Duration.ofMillis(number(request, "ms", Range.DELAY_MS)));
        yield true;
      }
      case "/fault/slow-start" -> {
        long ms = number(request, "ms", Range.DELAY_MS);
        LabDir.write(state.dir().slowStart(state.self()), Long.toString(ms));
        yield true;
      }
      case "/fault/leak" -> {
        state.faults().leak((int) number(request, "mb_per_s", LEAK_MB));
        yield true;
      }
      case "/fault/errors" -> {
        state.faults().errors(ratio(request));
        yield true;
      }
      default -> false;
    };
  }

  private static boolean plain(Request request, boolean possible, EffectsLog.Change change)
      throws IOException {
    request.allow(Set.of());
    if (possible) {
      change.apply();
    }
    return possible;
  }

  private static long number(Request request, String name, Range range) {
    request.allow(Set.of(name));
    return range.check(name, request.param(name));
  }

  private static double ratio(Request request) {
    request.allow(Set.of("ratio"));
    String text = request.param("ratio");
    try {
      double ratio = Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException _) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException("ratio must be a number in 0..1: " + text);
  }

  private static Reply injected(Request request) {
    return Reply.json("{\"injected\":\"" + request.path().substring("/fault/".length()) + "\"}");
  }

  private static Done done(Reply reply) {
    return new Done(reply, () -> {});
  }
}
