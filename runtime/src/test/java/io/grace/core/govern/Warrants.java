package io.grace.core.govern;

import io.grace.core.model.Action;
import io.grace.core.model.Argument;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import java.time.Instant;
import java.util.Map;

/// Makes warrants for tests of providers; in production only the gate can.
public final class Warrants {
  private Warrants() {}

  /// @param run whose first step it is; its key ends in `/0/0`
  public static Warrant warrant(String run, Action action, Instant expires) {
    return new Warrant(new RunId(run), 0, 0, action, expires);
  }

  public static Action action(String name, String service, Map<String, Argument> arguments) {
    return new Action(name, new ServiceId(service), arguments);
  }
}
