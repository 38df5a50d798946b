package io.grace.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {
  @Test
  void exampleOfTheFormatsDocumentationIsRead() throws Exception {
    var found =
        plain(
            """
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400"}    3 1395066363000

            # Escaping in label values:
            msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

            # Minimalistic line:
            metric_without_timestamp_and_labels 12.47

            # A weird metric from before the epoch:
            something_weird{problem="division by zero"} +Inf -3982045
            rpc_duration_seconds{quantile="0.01",} 3102
            \t spaced { a = "1" , b = "2" } \t 7 \t
            """);

    assertEquals(
        Map.of(
            new Series("http_requests_total", Map.of("method", "post", "code", "200")), 1027.0,
            new Series("http_requests_total", Map.of("method", "post", "code", "400")), 3.0,
            new Series(
                    "msdos_file_access_time_seconds",
                    Map.of(
                        "path", "C:\\DIR\\FILE.TXT", "error", "Cannot find file:\n\"FILE.TXT\"")),
                1.458255915e9,
            new Series("metric_without_timestamp_and_labels", Map.of()), 12.47,
            new Series("rpc_duration_seconds", Map.of("quantile", "0.01")), 3102.0,
            new Series("spaced", Map.of("a", "1", "b", "2")), 7.0),
        found);
  }

  @Test
  void openMetricsWithExemplarAndTimestampIsRead() throws Exception {
    var found =
        open(
            """
            # TYPE foo histogram
            foo_bucket{le="0.1"} 8 # {} 0.054
            foo_bucket{le="1"} 11 123.5 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.789
            foo_total{p="a\\b"} 1
            # EOF
            """);

    assertEquals(
        Map.of(
            new Series("foo_bucket", Map.of("le", "0.1")), 8.0,
            new Series("foo_bucket", Map.of("le", "1")), 11.0,
            new Series("foo_total", Map.of("p", "a\\b")), 1.0),
        found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "+Inf", "-Inf", "Inf"})
  void valuesThatAreNotFiniteArePassedOver(String value) throws Exception {
    assertEquals(Map.of(), plain("a " + value + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a ",
        "a x",
        "a 1d",
        "a 0x10",
        "a 1 2 3",
        "a 1 1.5",
        "1a 1",
        "a{ 1",
        "a{b} 1",
        "a{b=} 1",
        "a{b=c} 1",
        "a{b=\"c} 1",
        "a{b=\"c\" d=\"e\"} 1",
        "a{b=\"\\x\"} 1",
        "a{b=\"1\",b=\"2\"} 1",
        "a{1b=\"c\"} 1",
        "a{,} 1",
        "a{b=\"c\"}",
        "a{b=\"c\"}} 1",
        "a-b 1",
        "a 1 # {x=\"y\"} 1",
        "ä 1",
        "a 1,5",
        "{b=\"c\"} 1",
        "a 1_000",
        "a --1",
        "a{b=\"\\"
      })
  void malformedLineIsRefused(String line) {
    assertThrows(MalformedMetrics.class, () -> plain("ok 1\n" + line + "\n"));
  }

  @Test
  void cutTextIsRefused() {
    assertThrows(MalformedMetrics.class, () -> plain("a 1\nb 12"));
    assertThrows(MalformedMetrics.class, () -> open("a 1\n"));
    assertThrows(MalformedMetrics.class, () -> open("a 1\n# EOF\nb 1\n"));
    assertThrows(MalformedMetrics.class, () -> open("a 1\n\n# EOF\n"));
  }

  @Test
  void tooManySamplesAreRefused() throws Exception {
    plain("a 1\n".repeat(PrometheusText.SAMPLES_MAX));

    assertThrows(
        MalformedMetrics.class, () -> plain("a 1\n".repeat(PrometheusText.SAMPLES_MAX + 1)));
  }

  @Test
  void everyLabelValueSurvivesEscaping() throws Exception {
    var random = new Random(11);
    var alphabet = "a\\\"\n{},= #é\t";
    for (int round = 0; round < 2_000; round++) {
      var value = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      var escaped =
          value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");

      var line = "a{l=\"" + escaped + "\"} 1\n";

      var expected = Map.of(new Series("a", Map.of("l", value.toString())), 1.0);
      assertEquals(expected, plain(line));
      assertEquals(expected, open(line + "# EOF\n"));
    }
  }

  @Test
  void noGarbageDoesMoreThanBeRefused() {
    var random = new Random(12);
    var alphabet = "ab1{}\"\\,= \n#.eEOFNI+-";
    for (int round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        PrometheusText.parse(text.toString(), random.nextBoolean(), _ -> true);
      } catch (MalformedMetrics _) {
        // As it should be.
      }
    }
  }

  private static Map<Series, Double> plain(String text) throws MalformedMetrics {
    return PrometheusText.parse(text, false, _ -> true);
  }

  private static Map<Series, Double> open(String text) throws MalformedMetrics {
    return PrometheusText.parse(text, true, _ -> true);
  }
}
