package io.grace.lab.service;

import static io.grace.lab.service.ServiceName.INVENTORY;
import static io.grace.lab.service.ServiceName.ORDERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+)((?:\\{[a-z]+=\"[^\"]+\"})?) (-?[0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)");
  private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) ([a-z]+)");

  @TempDir Path root;

  @Test
  void bothFormatsParse() throws Exception {
    for (ServiceName service : new ServiceName[] {ORDERS, INVENTORY}) {
      State state = State.of(Lab.first(service), dir());
      state.metrics().lookedUp(true);
      state.metrics().answered(200, Duration.ofMillis(7));
      Vitals vitals = new Vitals(state, Instant.EPOCH);

      Reply text = vitals.metrics(Exposition.Format.wantedBy("*/*"), Instant.EPOCH);
      Reply open =
          vitals.metrics(
              Exposition.Format.wantedBy("application/openmetrics-text;version=1.0.0,*/*;q=0.1"),
              Instant.EPOCH);

      assertTrue(text.type().startsWith("text/plain; version=0.0.4"), text.type());
      assertTrue(open.type().startsWith("application/openmetrics-text"), open.type());
      assertTrue(open.body().endsWith("\n# EOF\n"));
      assertEquals(samples(text.body(), ""), samples(open.body(), "_total"));
    }
  }

  /// Every sample belongs to the family that was declared last, and none comes twice.
  private static Set<String> samples(String body, String counterSuffix) {
    Set<String> seen = new HashSet<>();
    Set<String> families = new HashSet<>();
    String family = "";
    for (String line : body.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      if (type.matches()) {
        family = type.group(1) + (type.group(2).equals("counter") ? counterSuffix : "");
        assertTrue(families.add(family), line);
      } else if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line.replace("+Inf", "inf"));
        assertTrue(sample.matches(), line);
        String base = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
        assertEquals(family, base, line);
        assertTrue(seen.add(sample.group(1) + sample.group(2)), line);
      }
    }
    return seen;
  }

  @Test
  void hitRatioLooksAtTheLastLookupsOnly() {
    HitWindow window = new HitWindow(2);
    window.add(true);
    window.add(false);
    window.add(false);

    assertEquals(new HitWindow.Sums(1, 2, 0), window.sums());
  }

  @Test
  void bucketsAddUp() throws Exception {
    State state = State.of(Lab.first(ORDERS), dir());
    state.metrics().answered(200, Duration.ofMillis(5));
    state.metrics().answered(502, Duration.ofSeconds(20));

    String body =
        new Vitals(state, Instant.EPOCH).metrics(Exposition.Format.TEXT, Instant.EPOCH).body();

    assertTrue(body.contains("http_request_duration_seconds_bucket{le=\"0.005\"} 1\n"), body);
    assertTrue(body.contains("http_request_duration_seconds_bucket{le=\"10.0\"} 1\n"), body);
    assertTrue(body.contains("http_request_duration_seconds_bucket{le=\"+Inf\"} 2\n"), body);
    assertTrue(body.contains("http_requests_total{code=\"5xx\"} 1\n"), body);
  }

  private LabDir dir() throws Exception {
    return LabDir.prepare(root);
  }
}
