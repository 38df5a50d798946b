package io.grace.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever stands on a metrics page: it is read or refused, and soon.
class ScrapeFuzzTest {
  private static final int CASES = 5_000;

  private static final String PAGE =
      """
      # HELP requests The requests.
      # TYPE requests counter
      requests{code="200",path="/"} 1027 1395066363000
      requests{code="500",path="/a\\"b\\\\c\\n"} 3
      # TYPE took histogram
      took_bucket{le="0.1"} 3
      took_bucket{le="+Inf"} 7
      took_sum 12.5e-1
      took_count 7
      up 1
      """;

  private static final List<String> HOSTILE =
      List.of(
          "{",
          "}",
          "\"",
          "\\",
          "\n",
          "\r",
          "\u0000",
          "\ud800",
          "=",
          ",",
          "#",
          "# EOF\n",
          "NaN",
          "+Inf",
          "1e999",
          "0x10",
          "{a=\"b\",a=\"c\"}",
          "\u202e",
          "le=\"",
          " ",
          "\t",
          "9".repeat(500),
          "x".repeat(5_000),
          "{".repeat(500));

  @Test
  void mutatedPagesAreReadOrRefused() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          int refused = 0;
          for (int seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            String page = mutated(random);
            try {
              PrometheusText.parse(page, random.nextBoolean(), _ -> true);
            } catch (MalformedMetrics _) {
              refused++;
            } catch (RuntimeException e) {
              throw new AssertionError("seed " + seed, e);
            }
          }
          assertTrue(refused > CASES / 10 && refused < CASES, "refused " + refused);
        });
  }

  @Test
  void pageOfHostileLabelsIsReadInTimeThatFollowsItsLength() {
    String page = "a{" + "b=\"\\\\\",".repeat(200_000) + "} 1\n";

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          try {
            PrometheusText.parse(page, false, _ -> true);
          } catch (MalformedMetrics _) {
            // Labels twice: refused, as it should be.
          }
        });
  }

  private static String mutated(Random random) {
    var page = new StringBuilder(PAGE);
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = random.nextInt(page.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> page.setLength(at);
        case 1 -> page.insert(at, HOSTILE.get(random.nextInt(HOSTILE.size())));
        case 2 -> page.insert(at, page.substring(random.nextInt(page.length() + 1)));
        default -> {
          if (at < page.length()) {
            page.setCharAt(at, (char) random.nextInt(0x10000));
          }
        }
      }
    }
    return page.toString();
  }
}
