package io.grace.domains.security.sigma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters as the filters' specification, 2.1, has them.
class FilterTest {
  private static final LogSource SOURCE = new LogSource("process_creation", "windows", "");

  private static final String RULES =
      """
      title: Data compressed
      id: 6f3e2987-db24-4c78-a860-b4f4095a7095
      name: compressed
      logsource: {category: process_creation, product: windows}
      detection: {selection: {Image|endswith: '\\rar.exe'}, condition: selection}
      ---
      title: Another
      id: 11111111-db24-4c78-a860-b4f4095a7095
      logsource: {category: process_creation, product: windows}
      detection: {selection: {Image|endswith: '.exe'}, condition: selection}
      ---
      title: Login on a jump host
      id: df0841c0-9846-4e9f-ad8a-7df91571771b
      logsource: {category: process_creation, product: windows}
      detection:
        one: {Image|endswith: '\\login.exe'}
        other: {CommandLine|contains: jump}
        condition: [one, other]
      ---
      """;

  /// The specification's example but for the condition.
  private static final String EXAMPLE =
      """
      title: Filter Administrator account
      description: The valid administrator account start with adm_
      logsource:
          category: process_creation
          product: windows
      filter:
          rules:
              - 6f3e2987-db24-4c78-a860-b4f4095a7095 # Data Compressed - rar.exe
              - df0841c0-9846-4e9f-ad8a-7df91571771b # Login on jump host
          selection:
              User|startswith: 'adm_'
          condition: %s
      """;

  private static List<String> titles(String yaml, String image, String user) throws Unusable {
    Sigma engine = Samples.engine(yaml, Placeholders.NONE);
    return engine.fitting(event(engine, image, user), true).stream()
        .map(id -> id.substring(0, 2))
        .sorted()
        .toList();
  }

  private static Event event(Sigma engine, String image, String user) throws Unusable {
    Event event = engine.event();
    byte[] json =
        "{\"Image\": \"C:\\\\%s\", \"CommandLine\": \"%s\", \"User\": \"%s\"}"
            .formatted(image, image, user)
            .getBytes(StandardCharsets.UTF_8);
    engine.fill(event, SOURCE, json, 0, json.length);
    return event;
  }

  @Test
  void filterMustHoldBesidesAndOnlyForTheRulesThatItNames() throws Unusable {
    String yaml = RULES + EXAMPLE.formatted("not selection");

    assertEquals(List.of("11", "6f"), titles(yaml, "rar.exe", "ann"));
    assertEquals(List.of("11"), titles(yaml, "rar.exe", "ADM_ann"));
  }

  @Test
  void conditionOfTheSpecificationsExampleIsTakenAsItIsWritten() throws Unusable {
    String yaml = RULES + EXAMPLE.formatted("selection");

    assertEquals(List.of("11"), titles(yaml, "rar.exe", "ann"));
    assertEquals(List.of("11", "6f"), titles(yaml, "rar.exe", "adm_ann"));
  }

  @Test
  void everyConditionOfARuleIsFiltered() throws Unusable {
    String yaml = RULES + EXAMPLE.formatted("not selection").replace("adm_", "adm");

    assertEquals(List.of("11", "df"), titles(yaml, "login.exe", "ann"));
    assertEquals(List.of("11"), titles(yaml, "login.exe", "admin"));
    assertEquals(List.of("11", "df"), titles(yaml, "jump.exe", "ann"));
    assertEquals(List.of("11"), titles(yaml, "jump.exe", "admin"));
  }

  @Test
  void filterMayComeBeforeItsRulesAndNameThem() throws Unusable {
    String filter =
        EXAMPLE
            .formatted("not 1 of sel*")
            .replace("6f3e2987-db24-4c78-a860-b4f4095a7095", "compressed");

    assertEquals(
        List.of("11"),
        titles(filter + "---\n" + RULES.substring(0, RULES.length() - 4), "rar.exe", "adm_"));
  }

  @Test
  void severalFiltersMustAllHold() throws Unusable {
    String yaml =
        RULES
            + EXAMPLE.formatted("not selection")
            + "---\n"
            + EXAMPLE.formatted("not selection").replace("adm_", "svc_");

    assertEquals(List.of("11", "6f"), titles(yaml, "rar.exe", "ann"));
    assertEquals(List.of("11"), titles(yaml, "rar.exe", "adm_"));
    assertEquals(List.of("11"), titles(yaml, "rar.exe", "svc_"));
  }

  @Test
  void ruleThatIsFilteredServesItsCorrelationsFiltered() throws Unusable {
    String yaml =
        RULES
            + EXAMPLE.formatted("not selection")
            + """
            ---
            title: Twice
            name: twice
            correlation:
              type: event_count
              rules: [compressed]
              timespan: 1m
              condition: {gte: 2}
            """;
    Sigma engine = Samples.engine(yaml, Placeholders.NONE);
    List<String> fired = new ArrayList<>();
    for (String user : List.of("ann", "adm_1", "adm_2", "bob")) {
      engine.take(
          event(engine, "rar.exe", user),
          0,
          firing -> fired.add(user + " " + firing.rule().title()));
    }

    assertTrue(fired.contains("bob Twice"), fired.toString());
    assertEquals(1, fired.stream().filter(one -> one.endsWith("Twice")).count());
  }

  /// A rule is filtered only where the filter's log source covers its own.
  @ParameterizedTest
  @ValueSource(strings = {"product: linux", "service: sysmon"})
  void filterOfAnotherLogSourceFiltersNothingAndIsTold(String source) throws Unusable {
    String filter =
        EXAMPLE
            .formatted("not selection")
            .replace("    category: process_creation\n    product: windows", "    " + source);
    RuleSet rules = RuleSet.of("t", RULES + filter, Placeholders.NONE);

    assertTrue(
        rules.rejections().getFirst().reason().startsWith("filters no rule that is there"),
        rules.rejections().toString());
    Sigma engine = Sigma.of(rules, LogSourceMap.NONE, Set.of());
    assertEquals(2, engine.fitting(event(engine, "rar.exe", "adm_"), true).size());
  }

  @Test
  void filterOfAWiderLogSourceFilters() throws Unusable {
    String filter =
        EXAMPLE.formatted("not selection").replace("    category: process_creation\n", "");

    assertEquals(List.of("11"), titles(RULES + filter, "rar.exe", "adm_"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title: Filter Administrator account",
        "        - 6f3e2987-db24-4c78-a860-b4f4095a7095 # Data Compressed - rar.exe\n        - df0841c0-9846-4e9f-ad8a-7df91571771b # Login on jump host\n",
        "    selection:\n        User|startswith: 'adm_'\n",
        "    condition: not selection\n",
        "logsource:\n    category: process_creation\n    product: windows\n"
      })
  void filterThatLacksAPartIsNotUsed(String part) {
    String whole = EXAMPLE.formatted("not selection");
    String filter = whole.replace(part, "");

    assertTrue(whole.length() > filter.length());
    assertEquals(1, RuleSet.of("t", RULES + filter, Placeholders.NONE).rejections().size());
  }

  @Test
  void filterHasOneConditionAndNotSeveral() {
    String filter = EXAMPLE.formatted("[selection, not selection]");

    assertTrue(
        RuleSet.of("t", RULES + filter, Placeholders.NONE)
            .rejections()
            .getFirst()
            .reason()
            .startsWith("a filter must have one condition"));
  }
}
