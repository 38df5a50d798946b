package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of mistake in a playbook with the very words that a person reads.
class BadPlaybooksTest {
  private static final String GRACE =
      """
      apiVersion: grace/v1
      services: {orders: {}, payments: {}}
      playbooks: [mine.yaml]
      providers:
        process:
          services:
            orders: {command: [run]}
      """;

  private static final String PLAYBOOK =
      """
      apiVersion: grace/v1
      kind: Playbook
      id: mine
      version: 1
      title: Mine
      treats: [latency_spike]
      parameters: {n: {type: whole, min: 1, max: 9, default: 1}}
      preconditions: ["up >= 1"]
      steps:
        - name: grow
          action: scale_instances
          with: {min_delta: {parameter: n}}
          timeout: 30s
          retries: {max: 1, backoff: 5s}
          undo: {not_needed: it shrinks by itself}
      verification:
        checks: ["error_ratio < 0.05"]
        timeout: 90s
      impact: medium
      prior: 0.5
      timeout: 3m
      """;

  @TempDir private Path directory = Path.of("");

  static Stream<Arguments> mistakes() {
    return Stream.of(
        bad("version: 1", "version: 1", List.of()),
        bad(
            "id: mine",
            "id: restart_service",
            List.of(
                "mine.yaml:4:1: version: must be higher than 1, the version of the built-in playbook: 1")),
        bad(
            "id: mine",
            "id: mi ne",
            List.of(
                "mine.yaml:3:1: id: playbook must be 1–120 of letters, digits, '.', '_', '-': 'mi ne'")),
        bad(
            "kind: Playbook",
            "kind: Play",
            List.of("mine.yaml:2:1: kind: must be Playbook: 'Play'")),
        bad(
            "treats:",
            "threats:",
            List.of(
                "mine.yaml:1:1: lacks 'treats'",
                "mine.yaml:6:1: threats: unknown key, did you mean 'treats'?")),
        bad(
            "action: scale_instances",
            "action: scale_instance",
            List.of(
                "mine.yaml:11:5: steps[0].action: no provider offers the action 'scale_instance', did you mean 'scale_instances'?")),
        bad(
            "{parameter: n}",
            "5",
            List.of(
                "mine.yaml:12:12: steps[0].with.min_delta: must be a whole number from -3 to 3: 5")),
        bad(
            "{parameter: n}",
            "'1'",
            List.of(
                "mine.yaml:12:12: steps[0].with.min_delta: must be a whole number from -3 to 3: '1'")),
        bad(
            "{parameter: n}",
            "{parameter: m}",
            List.of(
                "mine.yaml:12:12: steps[0].with.min_delta: the playbook has no parameter 'm', did you mean 'n'?")),
        bad(
            "{parameter: n}",
            "[1]",
            List.of(
                "mine.yaml:12:12: steps[0].with.min_delta: must be a text or a number or true or false or a mapping: a list")),
        bad(
            "min_delta",
            "delta",
            List.of(
                "mine.yaml:10:5: steps[0]: scale_instances lacks min_delta",
                "mine.yaml:12:12: steps[0].with.delta: scale_instances has no parameter 'delta'")),
        bad(
            "default: 1",
            "default: 4",
            List.of(
                "mine.yaml:12:12: steps[0].with.min_delta: must be a whole number from -3 to 3: 4")),
        bad(
            "default: 1",
            "default: 10",
            List.of(
                "mine.yaml:7:47: parameters.n.default: must be a whole number from 1 to 9: 10")),
        bad(
            "max: 1",
            "max: 6",
            List.of("mine.yaml:14:15: steps[0].retries.max: must be from 0 to 5: 6")),
        bad(
            "action:",
            "target: payments\n    action:",
            List.of(
                "mine.yaml:11:5: steps[0].target: scale_instances is not declared for payments")),
        bad(
            "action:",
            "target: oders\n    action:",
            List.of(
                "mine.yaml:11:5: steps[0].target: unknown service 'oders', did you mean 'orders'?")),
        bad(
            "timeout: 3m",
            "timeout: 2m",
            List.of(
                "mine.yaml:21:1: timeout: must be at least 2m35s: the steps with their retries and checks take up to 1m5s, the verification up to 1m30s: 2m")),
        bad(
            "impact: medium",
            "impact: low",
            List.of("mine.yaml:19:1: impact: must be at least medium, as its actions are: low")),
        bad(
            "prior: 0.5",
            "prior: 1",
            List.of("mine.yaml:20:1: prior: must be more than 0 and less than 1: 1")),
        bad(
            "error_ratio <",
            "eror_ratio <",
            List.of(
                "mine.yaml:17:12: verification.checks[0]: unknown metric 'eror_ratio', did you mean 'error_ratio'?")),
        bad(
            "error_ratio <",
            "error_ratio =",
            List.of(
                "mine.yaml:17:12: verification.checks[0]: is no condition such as error_ratio < 0.05: write == to compare, not =")),
        bad(
            "timeout: 90s",
            "timeout: 90s\n  stabilisation: 2m",
            List.of(
                "mine.yaml:18:3: verification.timeout: must be longer than stabilisation: 1m30s, 2m")),
        bad(
            "{not_needed: it shrinks by itself}",
            "{}",
            List.of(
                "mine.yaml:15:5: steps[0].undo: needs exactly one of action, not_needed (why), irreversible: true")),
        bad(
            "{not_needed: it shrinks by itself}",
            "{irreversible: true, action: stop_service}",
            List.of(
                "mine.yaml:15:5: steps[0].undo: needs exactly one of action, not_needed (why), irreversible: true")),
        bad(
            "{not_needed: it shrinks by itself}",
            "{action: stop_servic}",
            List.of(
                "mine.yaml:15:12: steps[0].undo.action: no provider offers the action 'stop_servic', did you mean 'stop_service'?")),
        bad(
            "name: grow",
            "name: gr/ow",
            List.of(
                "mine.yaml:10:5: steps[0]: step must be 1–120 of letters, digits, '.', '_', '-': 'gr/ow'")));
  }

  private static Arguments bad(String good, String bad, List<String> problems) {
    return Arguments.of(good, bad, problems);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void everyMistakeIsSaidInTheseWords(String good, String bad, List<String> problems)
      throws IOException {
    assertTrue(PLAYBOOK.contains(good), good);

    String playbook = PLAYBOOK.replaceFirst(Pattern.quote(good), bad);

    assertEquals(problems, problems(playbook));
  }

  @Test
  void twoPlaybooksWithOneIdAreNamedBoth() throws IOException {
    Files.writeString(directory.resolve("other.yaml"), PLAYBOOK);
    Files.writeString(directory.resolve("mine.yaml"), PLAYBOOK);
    var grace =
        Files.writeString(
            directory.resolve("grace.yaml"),
            GRACE.replace("[mine.yaml]", "[mine.yaml, other.yaml]"));

    assertEquals(
        List.of("other.yaml:3:1: id: is also the id in mine.yaml: mine"),
        texts(ConfigLoader.load(grace, Map.of())));
  }

  private List<String> problems(String playbook) throws IOException {
    Files.writeString(directory.resolve("mine.yaml"), playbook);
    var grace = Files.writeString(directory.resolve("grace.yaml"), GRACE);
    return texts(ConfigLoader.load(grace, Map.of()));
  }

  private static List<String> texts(Loaded loaded) {
    return loaded instanceof Loaded.Invalid(List<Problem> problems)
        ? problems.stream().map(Problem::toString).toList()
        : List.of();
  }
}
