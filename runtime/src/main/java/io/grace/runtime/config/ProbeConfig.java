package io.grace.runtime.config;

import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.util.Set;

/// A question that a service answers by being alive. *Immutable.*
public sealed interface ProbeConfig {
  ServiceId service();

  Duration interval();

  /// @param expected the statuses that count as up
  record Http(
      ServiceId service,
      TargetsConfig targets,
      String path,
      Set<Integer> expected,
      Duration interval,
      Duration timeout)
      implements ProbeConfig {
    public Http {
      expected = Set.copyOf(expected);
      Timing.require(interval, timeout);
    }
  }

  /// Up if a connection is accepted.
  record Tcp(ServiceId service, TcpTarget target, Duration interval, Duration timeout)
      implements ProbeConfig {
    public Tcp {
      Timing.require(interval, timeout);
    }
  }

  /// Up if a process of the process provider lives.
  record Process(ServiceId service, Duration interval) implements ProbeConfig {
    public Process {
      Timing.require(interval, interval);
    }
  }

  /// Where a TCP probe connects to.
  sealed interface TcpTarget {
    record Address(String host, int port) implements TcpTarget {}

    /// As in [TargetsConfig.Registry].
    record Registered(TargetsConfig.Registry registry) implements TcpTarget {}
  }
}
