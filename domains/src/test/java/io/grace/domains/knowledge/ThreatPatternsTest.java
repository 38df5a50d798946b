package io.grace.domains.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.memory.Memory;
import io.grace.domains.knowledge.reading.Reading;
import io.grace.domains.knowledge.reading.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreatPatternsTest {
  private static final String RULE =
      """
      title: Export
      logsource:
        product: shop
      detection:
        selection:
          - path|contains:
              - '\\admin'
              - "*_<b>x</b>_*"

          - '# no heading'
        condition: selection
      """;

  private static List<String> of(String markdown) throws Unreadable {
    return ThreatPatterns.of(Reading.read("pm.md", markdown.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "yml", "YAML title=\"rule\"", "sigma", ""})
  void ruleInAFencedBlockIsFoundAsItStands(String language) throws Unreadable {
    assertEquals(
        List.of(RULE), of("# Report\n\nText.\n\n```" + language + "\n" + RULE + "```\nMore.\n"));
  }

  @Test
  void blockMayStandInAListOrAQuotationAndHaveOtherFencesAndLineBreaks() throws Unreadable {
    String inList = "1. By this:\n\n   ~~~yaml\n" + RULE.indent(3) + "   ~~~\n";
    String quoted =
        ("````yaml\n" + RULE + "````")
            .lines()
            .map(line -> "> " + line + "\n")
            .reduce("", String::concat);

    assertEquals(List.of(RULE), of(inList));
    assertEquals(List.of(RULE), of(quoted));
    assertEquals(List.of(RULE), of(("```yaml\n" + RULE + "```\n").replace("\n", "\r\n")));
  }

  @Test
  void sameBlockTwiceIsOnePattern() throws Unreadable {
    String block = "```yaml\n" + RULE + "```\n\n";

    assertEquals(1, of(block + block).size());
  }

  @Test
  void whatIsNoRuleOrNoYamlIsPassedOver() throws Unreadable {
    assertEquals(List.of(), of("```java\n" + RULE + "```"));
    assertEquals(List.of(), of("```yaml\ntitle: x\ndetection: y\n```"));
    assertEquals(List.of(), of("```yaml\nspec:\n" + RULE.indent(2) + "```"), "part of something");
    assertEquals(List.of(), of("Text.\n\n" + RULE));
    assertEquals(
        List.of(),
        of("```yaml\n" + RULE + "# " + "x".repeat(Memory.LONGEST_CONTENT) + "\n```"),
        "too long to be remembered");
  }

  @Test
  void thereIsALimit() throws Unreadable {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i <= ThreatPatterns.MOST; i++) {
      all.append("```\n").append(RULE.replace("Export", "Export " + i)).append("```\n\n");
    }

    assertEquals(ThreatPatterns.MOST, of(all.toString()).size());
  }
}
