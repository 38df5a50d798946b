package io.grace.runtime.prometheus;

import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SourceId;
import io.grace.core.spi.Secrets;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.config.StoreReading;
import io.grace.runtime.config.StoresConfig;
import io.grace.runtime.http.Breaker;
import io.grace.runtime.http.Connections;
import io.grace.runtime.http.Connections.Connection;
import io.grace.runtime.telemetry.Told;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// All that is asked of the declared stores, as sources that the collector paces.
public final class Stores {
  /// Questions of one source: it asks them one after the other, and many sources spread over their
  /// step by chance.
  private static final int QUESTIONS = 20;

  private final StoresConfig config;
  private final Map<SourceId, StoreApi> apis = new HashMap<>();

  /// @param connections where each store is added
  public Stores(
      StoresConfig config,
      HttpClient client,
      Secrets secrets,
      InstantSource clock,
      Connections connections) {
    this.config = config;
    for (StoreReading store : config.stores()) {
      var breaker = new Breaker();
      connections.add(
          new Connection(
              "store " + store.id(), store.url().getAuthority(), store.token(), breaker));
      apis.put(store.id(), new StoreApi(store, client, secrets, clock, breaker));
    }
  }

  /// @param declared services that are taken in from stores that know more
  /// @param reports takes what is no measurement; must not block
  public List<TelemetrySource> sources(Set<ServiceId> declared, Consumer<List<Report>> reports) {
    var sources = new ArrayList<TelemetrySource>();
    for (StoreReading store : config.stores()) {
      StoreApi api = api(store.id());
      sources.add(new StoreHeartbeat(store.id(), api));
      for (List<StoreReading.Signal> few : handfuls(store.signals())) {
        sources.add(
            new StoreSignals(
                "store " + store.id() + " signals " + sources.size(), store, few, api, declared));
      }
    }
    config
        .slos()
        .forEach(slo -> sources.add(new Told(new SloReader(slo, api(slo.store())), reports)));
    config.calls().forEach(c -> sources.add(new Told(new CallsReader(c, api(c.store())), reports)));
    return sources;
  }

  private StoreApi api(SourceId store) {
    var api = apis.get(store);
    if (api == null) {
      throw new IllegalArgumentException("no such store: " + store);
    }
    return api;
  }

  /// Signals with the same step, few enough to be asked within it.
  private static List<List<StoreReading.Signal>> handfuls(List<StoreReading.Signal> signals) {
    var byStep = new TreeMap<Duration, List<StoreReading.Signal>>();
    signals.forEach(s -> byStep.computeIfAbsent(s.step(), _ -> new ArrayList<>()).add(s));
    var handfuls = new ArrayList<List<StoreReading.Signal>>();
    for (List<StoreReading.Signal> same : byStep.values()) {
      for (int i = 0; i < same.size(); i += QUESTIONS) {
        handfuls.add(same.subList(i, Math.min(same.size(), i + QUESTIONS)));
      }
    }
    return handfuls;
  }
}
