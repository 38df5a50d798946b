package io.grace.domains.security.sigma;

import static io.grace.domains.security.sigma.Samples.fits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModifierTest {
  /// Line of a rule; a value that fits; one that does not.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "f: AbC ~ \"abc\" ~ \"abcd\"",
        "f: 12 ~ 12 ~ 121",
        "f: '12' ~ 12 ~ 2",
        "f: true ~ true ~ false",
        "f: 'a*d' ~ \"abcd\" ~ \"abcde\"",
        "f: 'a?c' ~ \"abc\" ~ \"ac\"",
        "f: 'a\\*c' ~ \"a*c\" ~ \"abc\"",
        "f: 'a\\\\*c' ~ \"a\\\\xyc\" ~ \"a*c\"",
        "f: '' ~ \"\" ~ \"a\"",
        "f: null ~ null ~ \"\"",
        "f: '*' ~ \"\" ~ null",
        "f|contains: MID ~ \"amidst\" ~ \"mi-d\"",
        "f|startswith: 'C:\\' ~ \"c:\\\\x\" ~ \"d:c:\\\\\"",
        "f|endswith: '\\cmd.exe' ~ \"C:\\\\CMD.EXE\" ~ \"cmd.exe\"",
        "f|contains: [a1, b2] ~ \"xb2\" ~ \"ab12\"",
        "f|contains|all: [a1, b2] ~ \"b2a1\" ~ \"b2\"",
        "f|contains|cased: Mid ~ \"aMid\" ~ \"amid\"",
        "f|cased: Mid ~ \"Mid\" ~ \"mid\"",
        "f|neq: a ~ \"b\" ~ \"A\"",
        "f|contains|windash: ' -enc ' ~ \"x /enc y\" ~ \"x +enc y\"",
        "f|contains|windash: ' -enc ' ~ \"x \u2013enc y\" ~ \"x enc y\"",
        "f|re: 'a[0-9]+b' ~ \"xa12b\" ~ \"xA12b\"",
        "f|re|i: 'a[0-9]+b' ~ \"XA12B\" ~ \"ab\"",
        "f|re: '^a.c$' ~ \"abc\" ~ \"a\\nc\"",
        "f|re|s: '^a.c$' ~ \"a\\nc\" ~ \"ac\"",
        "f|re|m: '^b$' ~ \"a\\nb\" ~ \"ab\"",
        "f|re: '[Rr]un(?:dll|all)' ~ \"x Runall\" ~ \"run\"",
        "f|re: 'x(?!y)z?' ~ \"xz\" ~ \"xy\"",
        "f|cidr: 10.0.0.0/8 ~ \"10.200.3.4\" ~ \"11.0.0.1\"",
        "f|cidr: '192.168.1.128/25' ~ \"192.168.1.129\" ~ \"192.168.1.127\"",
        "f|cidr: 'fe80::/10' ~ \"fe80::1\" ~ \"2001:db8::1\"",
        "f|cidr: '::ffff:10.0.0.0/104' ~ \"::ffff:10.1.2.3\" ~ \"::ffff:11.1.2.3\"",
        "f|lt: 5 ~ 4.5 ~ 5",
        "f|lte: 5 ~ \"5\" ~ 6",
        "f|gt: 5 ~ 6 ~ 5",
        "f|gte: 5 ~ 5 ~ \"much\"",
        "f|exists: true ~ null ~ ",
        "f|exists: false ~  ~ 1",
        "f|minute: 30 ~ \"2026-11-26T16:30:00Z\" ~ \"2026-11-26T16:31:00Z\"",
        "f|hour|gte: 22 ~ \"2026-11-26 23:00:00\" ~ \"2026-11-26 08:00:00\"",
        "f|day: 26 ~ \"2026-11-26\" ~ \"2026-11-27\"",
        "f|week: 48 ~ \"2026-11-26\" ~ \"2026-11-20\"",
        "f|month: [10, 11] ~ \"2026-11-26\" ~ \"2026-12-26\"",
        "f|year|lt: 2026 ~ \"2025-12-31\" ~ \"2026-01-01\"",
        "f|fieldref: g ~ \"same\" ~ \"other\"",
        "f|fieldref|startswith: g ~ \"same as\" ~ \"as same\"",
        "f|fieldref|neq: g ~ \"other\" ~ \"same\""
      })
  void modifierFitsAndDoesNotFit(String line, String good, String bad) {
    assertTrue(fits(line, event(good)), line + " must fit " + good);
    assertFalse(fits(line, event(bad)), line + " must not fit " + bad);
  }

  private static String event(String value) {
    return value == null ? "{\"g\": \"same\"}" : "{\"f\": %s, \"g\": \"same\"}".formatted(value);
  }

  @Test
  void base64IsFoundWhereverTheTextBeginsInWhatWasEncoded() {
    for (String before : List.of("", "x", "xy", "xyz")) {
      String encoded =
          Base64.getEncoder()
              .encodeToString((before + "Invoke-Mimikatz now").getBytes(StandardCharsets.UTF_8));

      assertTrue(
          fits("f|base64offset|contains: Invoke-Mimikatz", "{\"f\": \"%s\"}".formatted(encoded)));
    }
    assertFalse(fits("f|base64offset|contains: Invoke-Mimikatz", "{\"f\": \"SW52b2tl\"}"));
  }

  @Test
  void wideTextIsEncodedBeforeItIsSoughtInBase64() {
    String encoded =
        Base64.getEncoder().encodeToString("x http://".getBytes(StandardCharsets.UTF_16LE));
    String json = "{\"f\": \"-enc %s\"}".formatted(encoded);

    assertTrue(fits("f|wide|base64offset|contains: 'http://'", json));
    assertTrue(fits("f|utf16le|base64offset|contains: 'http://'", json));
    assertFalse(fits("f|utf16be|base64|contains: 'http://'", json));
    assertEquals("AHgAeQ==", Encodings.base64(Encodings.utf16("xy", "utf16be"), true));
    assertEquals("//54AHkA", Encodings.base64(Encodings.utf16("xy", "utf16"), true));
  }

  @Test
  void placeholderStandsForItsValuesAndIsRefusedWithoutThem() {
    String rule = Samples.line("f|expand: 'user-%admins%'");
    var placeholders = new Placeholders(Map.of("admins", List.of("ann", "b*")));

    assertTrue(fits(Samples.engine(rule, placeholders), "{\"f\": \"user-ann\"}"));
    assertTrue(fits(Samples.engine(rule, placeholders), "{\"f\": \"user-bob\"}"));
    assertFalse(fits(Samples.engine(rule, placeholders), "{\"f\": \"user-eve\"}"));
    assertEquals("no values are configured for the placeholder %admins%", Samples.rejection(rule));
  }

  @Test
  void aListInAnEventFitsIfOneOfItsValuesDoes() {
    assertTrue(fits("f|contains: b", "{\"f\": [\"a\", \"abc\"]}"));
    assertTrue(fits("a.b: 1", "{\"a\": {\"b\": 1}}"));
    assertTrue(fits("a.b: 1", "{\"a.b\": 1}"));
    assertTrue(
        fits(
            "Provider_Name: P",
            "{\"Event\":{\"System\":{\"Provider\":{\"#attributes\":{\"Name\":\"P\"}}}}}"));
  }

  @Test
  void whatIsUnknownOrCannotBeCombinedIsRefusedWithTheReason() {
    assertEquals(
        "f|near has an unknown modifier: near", Samples.rejection(Samples.line("f|near: 1")));
    assertTrue(Samples.rejection(Samples.line("f|cidr: 10.0.0.0/33")).startsWith("cidr must"));
    assertTrue(Samples.rejection(Samples.line("f|re: '('")).startsWith("is no regular expression"));
    assertTrue(Samples.rejection(Samples.line("f|re|contains: a")).contains("must not combine"));
    assertTrue(Samples.rejection(Samples.line("f|i: a")).contains("without re"));
    assertTrue(Samples.rejection(Samples.line("f|exists: 3")).contains("true or false"));
    assertTrue(Samples.rejection(Samples.line("f|base64: 'a*'")).contains("wildcards"));
  }

  @Test
  void aRegularExpressionThatBacktracksIsGivenUpAndCounted() {
    Sigma engine = Samples.engine(Samples.line("f|re: '^(a|aa)+\\1c$'"), Placeholders.NONE);

    assertFalse(fits(engine, "{\"f\": \"%s!\"}".formatted("a".repeat(60))));
    assertTrue(engine.inside().givenUp() > 0);
  }

  @Test
  void placeholderWithoutAnyValueNeverFits() {
    var placeholders = new Placeholders(Map.of("none", List.of()));
    Sigma engine = Samples.engine(Samples.line("a|expand: '%none%'\n  b: 1"), placeholders);

    assertFalse(Samples.fits(engine, "{\"a\": \"\", \"b\": 1}"));
  }
}
