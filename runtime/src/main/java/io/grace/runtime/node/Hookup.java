package io.grace.runtime.node;

import io.grace.core.model.MetricId;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.Secrets;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ExecConfig;
import io.grace.runtime.config.HttpCallConfig;
import io.grace.runtime.config.ProbeConfig;
import io.grace.runtime.config.ProcessConfig;
import io.grace.runtime.config.ScrapeConfig;
import io.grace.runtime.config.TargetsConfig;
import io.grace.runtime.exec.DeclaredProgram;
import io.grace.runtime.exec.ExecProvider;
import io.grace.runtime.http.Connections;
import io.grace.runtime.http.Exchange;
import io.grace.runtime.http.HttpCall;
import io.grace.runtime.http.HttpProvider;
import io.grace.runtime.process.InstanceRegistry;
import io.grace.runtime.process.KeyLog;
import io.grace.runtime.process.ProcessHost;
import io.grace.runtime.process.ProcessProvider;
import io.grace.runtime.process.ServiceCommand;
import io.grace.runtime.prometheus.Stores;
import io.grace.runtime.telemetry.Derivations;
import io.grace.runtime.telemetry.HttpProbe;
import io.grace.runtime.telemetry.ProcessProbe;
import io.grace.runtime.telemetry.PrometheusScrape;
import io.grace.runtime.telemetry.TcpProbe;
import io.grace.runtime.telemetry.Watch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Makes eyes and hands from what was declared: one object for each declaration.
final class Hookup {
  private static final MetricId LATENCY = new MetricId("latency_ms");

  /// The latency of the probe itself, where the service tells its own.
  private static final MetricId PROBE_LATENCY = new MetricId("probe_latency_ms");

  private final Config config;
  private final Secrets secrets;
  private final InstantSource clock;
  private final HttpClient client = Exchange.newClient();
  private final ProcessHost host;

  Hookup(Config config, Secrets secrets, InstantSource clock) throws IOException {
    this.config = config;
    this.secrets = secrets;
    this.clock = clock;
    this.host = host(config, secrets, clock);
  }

  /// The host of the declared processes, also for whoever starts them the first time.
  static ProcessHost host(Config config, Secrets secrets, InstantSource clock) throws IOException {
    return new ProcessHost(
        config.stateDirectory(),
        new InstanceRegistry(config.stateDirectory().resolve("registry")),
        config.providers().processes().stream().map(Hookup::command).toList(),
        secrets,
        clock);
  }

  private static ServiceCommand command(ProcessConfig c) {
    return new ServiceCommand(
        c.service(),
        c.command(),
        c.directory(),
        c.environment(),
        c.minInstances(),
        c.maxInstances(),
        c.stopTimeout(),
        c.readiness().orElse(null));
  }

  // ---- hands

  Map<String, ActionProvider> providers() throws IOException {
    KeyLog keys = KeyLog.open(config.stateDirectory().resolve("keys.log"));
    var providers = new HashMap<String, ActionProvider>();
    providers.put(ProcessProvider.NAME, new ProcessProvider(host, keys));
    providers.put(
        HttpProvider.NAME,
        new HttpProvider(
            config.providers().calls().stream().map(Hookup::call).toList(), keys, secrets, clock));
    providers.put(
        ExecProvider.NAME,
        new ExecProvider(
            config.providers().programs().stream().map(Hookup::program).toList(),
            keys,
            secrets,
            clock));
    return Map.copyOf(providers);
  }

  private static HttpCall call(HttpCallConfig c) {
    return new HttpCall(
        c.action(),
        c.targets().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> instances(e.getKey(), e.getValue()))),
        c.method(),
        c.path(),
        c.parameters(),
        c.headers(),
        c.expected(),
        c.impact(),
        c.reversible(),
        c.timeout());
  }

  private static DeclaredProgram program(ExecConfig c) {
    var argv = new ArrayList<String>();
    argv.add(c.program().toString());
    argv.addAll(c.args());
    return new DeclaredProgram(
        c.action(),
        c.targets(),
        argv,
        c.parameters(),
        c.environment(),
        c.directory(),
        c.unchangedExitCodes(),
        c.impact(),
        c.reversible(),
        c.timeout());
  }

  private static Supplier<List<URI>> instances(ServiceId service, TargetsConfig targets) {
    return switch (targets) {
      case TargetsConfig.Urls(List<URI> urls) -> () -> urls;
      case TargetsConfig.Registry(Path directory, String at) -> {
        var registry = new InstanceRegistry(directory);
        yield () ->
            registry.ports(service).values().stream()
                .map(port -> URI.create("http://" + at + ":" + port))
                .toList();
      }
    };
  }

  // ---- eyes

  /// @param reports takes what sources say that is no measurement
  /// @param connections where every connection is added
  List<TelemetrySource> sources(Consumer<List<Report>> reports, Connections connections) {
    var sources = new ArrayList<TelemetrySource>();
    Set<ServiceId> tellingLatency =
        config.telemetry().scrapes().stream()
            .filter(s -> s.derivations().stream().anyMatch(d -> d.metric().equals(LATENCY)))
            .map(ScrapeConfig::service)
            .collect(Collectors.toSet());
    int number = 0;
    for (ProbeConfig probe : config.telemetry().probes()) {
      number++;
      MetricId latency = tellingLatency.contains(probe.service()) ? PROBE_LATENCY : LATENCY;
      sources.add(probe(probe, number, latency));
    }
    for (ScrapeConfig scrape : config.telemetry().scrapes()) {
      number++;
      sources.add(scrape(scrape, number));
    }
    sources.addAll(
        new Stores(config.stores(), client, secrets, clock, connections)
            .sources(config.policy().services().keySet(), reports));
    return List.copyOf(sources);
  }

  private TelemetrySource probe(ProbeConfig probe, int number, MetricId latency) {
    return switch (probe) {
      case ProbeConfig.Http p ->
          new HttpProbe(
              watch("http probe", number, p.service(), p.interval(), p.timeout()),
              instances(p.service(), p.targets()),
              p.path(),
              p.expected(),
              latency,
              client);
      case ProbeConfig.Tcp p ->
          new TcpProbe(
              watch("tcp probe", number, p.service(), p.interval(), p.timeout()),
              switch (p.target()) {
                case ProbeConfig.TcpTarget.Address a ->
                    () -> List.of(URI.create("tcp://" + a.host() + ":" + a.port()));
                case ProbeConfig.TcpTarget.Registered r -> instances(p.service(), r.registry());
              },
              latency);
      case ProbeConfig.Process p ->
          new ProcessProbe(
              watch("process probe", number, p.service(), p.interval(), p.interval()), host);
    };
  }

  private TelemetrySource scrape(ScrapeConfig scrape, int number) {
    return new PrometheusScrape(
        watch("scrape", number, scrape.service(), scrape.interval(), scrape.timeout()),
        instances(scrape.service(), scrape.targets()),
        scrape.path(),
        scrape.derivations().stream().map(Derivations::of).toList(),
        client);
  }

  private static Watch watch(
      String kind, int number, ServiceId service, Duration interval, Duration timeout) {
    return new Watch(service + " " + kind + " " + number, service, interval, timeout);
  }
}
