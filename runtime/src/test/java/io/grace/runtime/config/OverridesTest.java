package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
  @ParameterizedTest
  @CsvSource({
    // file, SELF_HEAL_OBSERVE_ONLY, SELF_HEAL_EXECUTE, effective
    "-, -, -, observe",
    "observe, -, -, observe",
    "approve, -, -, approve",
    "autonomous, -, -, autonomous",
    "-, true, -, observe",
    "autonomous, true, -, observe",
    "autonomous, true, true, observe",
    "-, false, -, approve",
    "-, false, false, approve",
    "-, false, true, autonomous",
    "observe, false, -, observe",
    "observe, false, true, observe",
    "approve, false, true, approve",
    "autonomous, false, -, approve",
    "autonomous, false, true, autonomous",
    "-, -, true, observe",
    "autonomous, -, false, approve",
    "autonomous, -, true, autonomous"
  })
  void theEnvironmentDecidesWhereTheFileIsSilentAndOnlyLowersWhereItIsNot(
      String file, String observeOnly, String execute, String effective) {
    String text = "apiVersion: grace/v1\n" + (file.equals("-") ? "" : "mode: " + file + "\n");
    var environment = new HashMap<String, String>();
    put(environment, "SELF_HEAL_OBSERVE_ONLY", observeOnly);
    put(environment, "SELF_HEAL_EXECUTE", execute);

    var config = Examples.valid(text, environment);

    assertEquals(effective, config.policy().ceiling().name().toLowerCase(Locale.ROOT));
  }

  private static void put(Map<String, String> environment, String name, String value) {
    if (!value.equals("-")) {
      environment.put(name, value);
    }
  }

  @Test
  void theEnvironmentBeatsTheFile() {
    String text =
        "apiVersion: grace/v1\nlimits: {run_timeout: 5m}\nmeta: {cycle_seconds: 60}\n"
            + "learning: {enabled: true}\n";
    var config =
        Examples.valid(
            text,
            Map.of(
                "SELF_HEAL_RUN_TIMEOUT_MIN", "60",
                "META_LOOP_CYCLE_SECONDS", "30",
                "LEARNING_AGGREGATION_ENABLED", "false"));

    assertEquals(Duration.ofMinutes(60), config.policy().limits().runTimeout());
    assertEquals(30, config.metaCycleSeconds());
    assertEquals(false, config.policy().learning().isOn());
  }

  @Test
  void malformedVariablesAreProblemsOfTheEnvironment() {
    var environment =
        Map.of(
            "SELF_HEAL_OBSERVE_ONLY", "yes",
            "SELF_HEAL_EXECUTE", "",
            "SELF_HEAL_RUN_TIMEOUT_MIN", "61",
            "META_LOOP_CYCLE_SECONDS", "29",
            "LEARNING_AGGREGATION_ENABLED", "on");

    assertEquals(
        List.of(
            "environment: LEARNING_AGGREGATION_ENABLED: must be true or false: 'on'",
            "environment: META_LOOP_CYCLE_SECONDS: must be a whole number from 30 to 600: '29'",
            "environment: SELF_HEAL_EXECUTE: must be true or false: ''",
            "environment: SELF_HEAL_OBSERVE_ONLY: must be true or false: 'yes'",
            "environment: SELF_HEAL_RUN_TIMEOUT_MIN: must be a whole number from 1 to 60: '61'"),
        Examples.problems("apiVersion: grace/v1", environment));
  }
}
