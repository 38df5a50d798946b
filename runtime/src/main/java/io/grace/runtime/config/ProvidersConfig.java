package io.grace.runtime.config;

import java.util.List;

/// What GRACE may do, by who does it. *Immutable.*
public record ProvidersConfig(
    List<ProcessConfig> processes, List<HttpCallConfig> calls, List<ExecConfig> programs) {
  public ProvidersConfig {
    processes = List.copyOf(processes);
    calls = List.copyOf(calls);
    programs = List.copyOf(programs);
  }
}
