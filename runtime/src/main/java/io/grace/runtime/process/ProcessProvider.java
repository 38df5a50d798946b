package io.grace.runtime.process;

import io.grace.core.govern.Warrant;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Starts, stops, restarts and scales the declared processes of this machine. *Thread-safe.*
public final class ProcessProvider implements ActionProvider {
  public static final String NAME = "process";

  private static final String DELTA = "min_delta";

  private final ProcessHost host;
  private final KeyLog keys;
  private final List<ActionSpec> actions;

  public ProcessProvider(ProcessHost host, KeyLog keys) {
    this.host = host;
    this.keys = keys;
    this.actions = specs(host.services());
  }

  /// What it offers for these services; the catalogue of the configuration says the same.
  public static List<ActionSpec> specs(Set<ServiceId> services) {
    Map<String, Bound> step = Map.of(DELTA, new Bound.WholeRange(-3, 3));
    return List.of(
        new ActionSpec("start_service", NAME, Map.of(), Impact.LOW, true, services),
        new ActionSpec("stop_service", NAME, Map.of(), Impact.HIGH, true, services),
        new ActionSpec("restart_service", NAME, Map.of(), Impact.MEDIUM, false, services),
        new ActionSpec("scale_instances", NAME, step, Impact.MEDIUM, true, services));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ActionSpec> actions() {
    return actions;
  }

  @Override
  public Result perform(Warrant warrant) throws InterruptedException {
    var refusal = Refusals.of(actions, warrant.action());
    return refusal.isPresent()
        ? refusal.get()
        : keys.once(warrant.idempotencyKey(), () -> act(warrant));
  }

  private Result act(Warrant warrant) throws InterruptedException {
    var action = warrant.action();
    var service = action.target();
    var key = warrant.idempotencyKey();
    return switch (action.name()) {
      case "start_service" -> host.start(service, key, warrant.expires());
      case "stop_service" -> host.stop(service, warrant.expires());
      case "restart_service" -> host.restart(service, key, warrant.expires());
      case "scale_instances" -> {
        int delta =
            action.arguments().get(DELTA) instanceof Argument.Whole(long value) ? (int) value : 0;
        yield host.scale(service, delta, key, warrant.expires());
      }
      default -> throw new IllegalStateException("declared and not performed: " + action.name());
    };
  }
}
