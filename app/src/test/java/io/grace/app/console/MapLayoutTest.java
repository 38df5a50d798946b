package io.grace.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.console.FleetPages.Node;
import io.grace.app.web.HealthViews.ServiceView;
import io.grace.app.web.SensingViews.EdgeView;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapLayoutTest {
  private static ServiceView service(String name) {
    return new ServiceView(name, "healthy", 1, Optional.empty(), List.of());
  }

  private static EdgeView call(String from, String to) {
    return new EdgeView(from, to, List.of());
  }

  @Test
  void callersStandAboveWhatTheyCall() {
    var layout =
        new MapLayout(
            List.of(service("cache"), service("gateway"), service("orders")),
            List.of(call("gateway", "orders"), call("orders", "cache"), call("gateway", "cache")));

    List<String> fromTheTop =
        layout.drawn().nodes().stream()
            .sorted(Comparator.comparingDouble(Node::y))
            .map(Node::id)
            .toList();

    assertEquals(List.of("gateway", "orders", "cache"), fromTheTop);
  }

  @Test
  void circleOfCallsIsDrawnToo() {
    var layout =
        new MapLayout(List.of(service("a"), service("b")), List.of(call("a", "b"), call("b", "a")));

    assertEquals(2, layout.drawn().nodes().size());
  }

  @Test
  void manyStandInOneBlockAGroupAndNoTwoOnOnePlace() {
    List<ServiceView> services =
        IntStream.range(0, 1000).mapToObj(i -> service("team" + i / 100 + "-s" + i)).toList();

    var drawn = new MapLayout(services, List.of()).drawn();

    assertEquals(10, drawn.titles().size());
    assertEquals(1000, drawn.nodes().size());
    var places = new HashSet<List<Double>>();
    drawn.nodes().forEach(n -> assertTrue(places.add(List.of(n.x(), n.y())), n.toString()));
    double width = drawn.nodes().stream().mapToDouble(Node::x).max().orElseThrow();
    double height = drawn.nodes().stream().mapToDouble(Node::y).max().orElseThrow();
    assertTrue(width / height > 0.8 && width / height < 3.5, width + " by " + height);
  }
}
