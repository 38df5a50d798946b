package io.grace.domains.security.sigma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogSourceMapTest {
  private static final String MAP =
      """
      logsources:
        security: {product: windows, service: security, sources: ["WinEventLog:Security"]}
        made:
          category: process_creation
          product: windows
          conditions: {EventID: [4688, 1]}
          rewrite: {product: windows, service: security}
          fieldmappings: {Image: NewProcessName}
        auth: {product: linux, service: auth, sources: ["File:/var/log/auth.log*"]}
      """;

  private static final String RULES =
      """
      title: made
      name: made
      logsource: {category: process_creation, product: windows}
      detection: {s: {Image|endswith: '\\evil.exe'}, condition: s}
      ---
      title: raw
      name: raw
      logsource: {product: windows, service: security}
      detection: {s: {NewProcessName|endswith: '\\evil.exe'}, condition: s}
      ---
      title: elsewhere
      name: elsewhere
      logsource: {product: windows, service: system}
      detection: {s: {NewProcessName|endswith: '\\evil.exe'}, condition: s}
      """;

  private static List<String> fitting(String json) throws Unusable {
    Sigma engine =
        Sigma.of(RuleSet.of("t", RULES, Placeholders.NONE), LogSourceMap.read(MAP), Set.of());
    Event event = engine.event();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    engine.fill(event, LogSource.ANY, bytes, 0, bytes.length);
    return engine.fitting(event, true).stream().sorted().toList();
  }

  @Test
  void anEventIsOfItsChannelAndOfWhatItSays() throws Unusable {
    String event =
        "{\"Channel\": \"Security\", \"EventID\": %d, \"NewProcessName\": \"C:\\\\Evil.exe\"}";

    assertEquals(List.of("made", "raw"), fitting(event.formatted(4688)));
    assertEquals(List.of("raw"), fitting(event.formatted(4624)));
    assertEquals(List.of(), fitting(event.formatted(4688).replace("Security", "Other")));
  }

  @Test
  void aFileTellsItsSource() throws Unusable {
    assertEquals(
        "auth",
        LogSourceMap.read(MAP).ofFile(Path.of("/var/log/auth.log.1")).orElseThrow().service());
    assertThrows(Unusable.class, () -> LogSourceMap.read("logsources: {a: {sources: [x]}}"));
  }
}
