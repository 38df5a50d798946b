package io.grace.app.console;

import io.grace.app.console.FleetPages.Node;
import io.grace.app.console.FleetPages.Title;
import io.grace.app.web.HealthViews.ServiceView;
import io.grace.app.web.SensingViews.EdgeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where each service stands on the map: callers above the called, in layers; within a layer near
/// those that call it (the barycentre heuristic of Sugiyama, Tagawa & Toda, 1981). Done here, so
/// that a thousand services are on the screen at once and stand at the same place tomorrow.
final class MapLayout {
  /// A wider layer goes on in the next line.
  private static final int WIDEST = 40;

  /// More than that are shown in blocks.
  private static final int MOST_IN_LAYERS = 120;

  /// A picture is wider than high.
  private static final double SHAPE = 1.7;

  private static final int APART = 90;
  private static final int LINE = 70;
  private static final int SWEEPS = 4;

  private final List<ServiceView> services;
  private final Map<String, List<String>> calls = new HashMap<>();
  private final Map<String, List<String>> callers = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();

  MapLayout(List<ServiceView> services, List<EdgeView> edges) {
    this.services = services;
    for (EdgeView e : edges) {
      calls.computeIfAbsent(e.from(), _ -> new ArrayList<>()).add(e.to());
      callers.computeIfAbsent(e.to(), _ -> new ArrayList<>()).add(e.from());
    }
  }

  /// What a name begins with, up to its first dash, where at least two services share it.
  List<String> groups() {
    return new ArrayList<>(new TreeSet<>(groupsByService().values()));
  }

  private Map<String, String> groupsByService() {
    var counts = new HashMap<String, Integer>();
    services.forEach(s -> counts.merge(prefix(s.service()), 1, Integer::sum));
    var groups = new HashMap<String, String>();
    services.forEach(s -> {
      String prefix = prefix(s.service());
      groups.put(s.service(), counts.getOrDefault(prefix, 0) > 1 ? prefix : "others");
    });
    return groups;
  }

  private static String prefix(String service) {
    int dash = service.indexOf('-');
    return dash < 0 ? service : service.substring(0, dash);
  }

  /// @param nodes where services stand
  /// @param titles what blocks are called; empty if there are none
  record Drawn(List<Node> nodes, List<Title> titles) {}

  Drawn drawn() {
    return services.size() > MOST_IN_LAYERS ? blocks() : new Drawn(nodes(), List.of());
  }

  private Drawn blocks() {
    Map<String, String> groups = groupsByService();
    var blocks = new TreeMap<String, List<ServiceView>>();
    for (ServiceView s : services) {
      blocks
          .computeIfAbsent(groups.getOrDefault(s.service(), "others"), _ -> new ArrayList<>())
          .add(s);
    }
    double widest = Math.sqrt(services.size() * 1.6 * SHAPE) * APART;
    var nodes = new ArrayList<Node>();
    var titles = new ArrayList<Title>();
    double x = 0;
    double y = 0;
    double highest = 0;
    for (var block : blocks.entrySet()) {
      List<ServiceView> members = block.getValue();
      members.sort(
          Comparator.comparingInt((ServiceView s) -> depth(s.service(), new HashSet<>()))
              .thenComparing(ServiceView::service));
      int columns = (int) Math.ceil(Math.sqrt(members.size() * SHAPE));
      int rows = (members.size() - 1) / columns + 1;
      if (x > 0 && x + columns * APART > widest) {
        x = 0;
        y += highest;
        highest = 0;
      }
      long sick =
          members.stream()
              .filter(s -> s.status().equals("critical") || s.status().equals("degraded"))
              .count();
      titles.add(new Title(block.getKey(), members.size(), sick, x, y));
      for (int i = 0; i < members.size(); i++) {
        ServiceView s = members.get(i);
        nodes.add(
            new Node(
                s.service(),
                s.status(),
                block.getKey(),
                x + i % columns * APART,
                y + (i / columns + 1.2) * LINE));
      }
      x += (columns + 1) * APART;
      highest = Math.max(highest, (rows + 3) * LINE);
    }
    return new Drawn(nodes, titles);
  }

  private List<Node> nodes() {
    var layers = new TreeMap<Integer, List<ServiceView>>();
    for (ServiceView s : services) {
      layers.computeIfAbsent(depth(s.service(), new HashSet<>()), _ -> new ArrayList<>()).add(s);
    }
    var places = new HashMap<String, Double>();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<ServiceView> layer : layers.values()) {
        if (sweep > 0) {
          layer.sort(Comparator.comparingDouble(s -> centre(s.service(), places)));
        }
        for (int i = 0; i < layer.size(); i++) {
          places.put(layer.get(i).service(), (i + 0.5) / layer.size());
        }
      }
    }
    Map<String, String> groups = groupsByService();
    var nodes = new ArrayList<Node>();
    int line = 0;
    for (List<ServiceView> layer : layers.values()) {
      for (int i = 0; i < layer.size(); i++) {
        int inLine = Math.min(WIDEST, layer.size() - i / WIDEST * WIDEST);
        ServiceView s = layer.get(i);
        nodes.add(
            new Node(
                s.service(),
                s.status(),
                groups.getOrDefault(s.service(), "others"),
                (i % WIDEST - (inLine - 1) / 2.0) * APART,
                (line + i / WIDEST) * (double) LINE));
      }
      line += (layer.size() - 1) / WIDEST + 2;
    }
    return nodes;
  }

  /// The longest way from a service that nobody calls; a circle counts once.
  private int depth(String service, Set<String> above) {
    Integer known = depths.get(service);
    if (known != null) {
      return known;
    }
    if (!above.add(service)) {
      return 0;
    }
    int depth = 0;
    for (String caller : callers.getOrDefault(service, List.of())) {
      depth = Math.max(depth, depth(caller, above) + 1);
    }
    above.remove(service);
    depths.put(service, depth);
    return depth;
  }

  private double centre(String service, Map<String, Double> places) {
    double sum = 0;
    int count = 0;
    for (var near : List.of(calls, callers)) {
      for (String other : near.getOrDefault(service, List.of())) {
        sum += places.getOrDefault(other, 0.5);
        count++;
      }
    }
    return count == 0 ? places.getOrDefault(service, 0.5) : sum / count;
  }
}
