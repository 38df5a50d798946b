package io.grace.domains.transcendence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.model.ServiceId;
import io.grace.domains.Living;
import io.grace.runtime.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionReaderTest {
  private static final ServiceId APP = new ServiceId("app");

  private static final String TEAM =
      """
      services: {app: {}, host: {}, worker: {}}
      providers:
        process: {services: {app: {command: [/bin/true]}}}
        http:
          - action: shed_load
            method: PUT
            path: /admin/shedding
            targets: {app: {urls: ["http://127.0.0.1:9"]}}
            parameters: {percent: {type: whole, min: 0, max: 80}}
            impact: low
            reversible: true
            timeout: 5s
          - action: set_intake
            method: PUT
            path: /admin/intake/{state}
            targets: {app: {urls: ["http://127.0.0.1:9"]}, worker: {urls: ["http://127.0.0.1:9"]}}
            parameters: {state: {type: text, one_of: [open, closed]}}
            impact: low
            reversible: true
            timeout: 5s
        exec:
          - {action: clean_temp, program: /opt/ops/clean-temp, args: ["--days", "{days}"], services: [host], parameters: {days: {type: whole, min: 2, max: 60}}, impact: low, reversible: false, timeout: 10s}
          - {action: reload, program: /opt/ops/reload, args: ["{target}"], services: [app, worker], impact: low, reversible: true, timeout: 10s}
      """;

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init")
  private InstructionReader reader;

  @BeforeEach
  void read() throws IOException {
    Config config = Living.config(directory, TEAM);
    reader = new InstructionReader(config.policy().catalogue(), config.providers());
  }

  private List<String> read(String text) {
    return reader.read(text, APP).stream().map(Instruction::toString).toList();
  }

  @Test
  void theCommandLineOfADeclaredProgramIsItsActionWithItsArguments() {
    assertEquals(List.of("clean_temp on host days=7"), read("$ sudo /opt/ops/clean-temp --days 7"));
    assertEquals(List.of("clean_temp on host days=7"), read("Run `clean-temp --days 7`."));
  }

  @Test
  void aProgramMayNameTheServiceItActsOn() {
    assertEquals(List.of("reload"), read("- reload app"));
    assertEquals(List.of("reload on worker"), read("- reload worker"));
    assertEquals(List.of(), read("- reload somebody-else"));
  }

  @Test
  void anHttpCallIsFoundByMethodPathAndBody() {
    assertEquals(
        List.of("shed_load percent=30"),
        read("curl -X PUT https://app.internal/admin/shedding -d '{\"percent\": 30}'"));
    assertEquals(List.of("set_intake state=closed"), read("PUT /admin/intake/closed"));
    assertEquals(List.of(), read("GET /admin/intake/closed"), "another method");
  }

  @Test
  void anActionMayBeCalledByItsName() {
    assertEquals(List.of("restart_service"), read("Then use restart_service."));
    assertEquals(List.of("shed_load percent=30"), read("shed_load with percent=30, at most."));
  }

  @Test
  void anArgumentOutOfBoundsOrMissingIsForPeople() {
    assertEquals(List.of(), read("clean-temp --days 1000"));
    assertEquals(List.of(), read("clean-temp --days"));
    assertEquals(List.of(), read("shed_load, as far as it goes"));
    assertEquals(List.of(), read("PUT /admin/shedding {\"percent\": 81}"));
  }

  @Test
  void otherProgramsAndOtherArgumentsAreForPeople() {
    assertEquals(List.of(), read("/opt/ops/clean-temp --hours 7"));
    assertEquals(List.of(), read("rm -rf /var/tmp"));
    assertEquals(List.of(), read("clean-temporary --days 7"));
  }

  @Test
  void whatIsForbiddenOrDependsOnSomethingIsForPeople() {
    assertEquals(List.of(), read("Never run clean-temp --days 7"));
    assertEquals(List.of(), read("Do not use restart_service."));
    assertEquals(
        List.of(
            "a person: If nobody is on the host, run clean-temp --days 7",
            "a person: If that was not enough: shed_load percent=30",
            "restart_service"),
        read(
            """
            1. If nobody is on the host, run clean-temp --days 7
            2. If that was not enough:
               shed_load percent=30
            3. restart_service
            """));
  }

  @Test
  void itemsThatOnlyPeopleCanDoStandWhereTheyStandInTheList() {
    assertEquals(
        List.of(
            "a person: Tell the sender.",
            "clean_temp on host days=7",
            "a person: Call the owner of the disk."),
        read(
            """
            First of all, stay calm.

            1. Tell the sender.
            2. Make room:
               /opt/ops/clean-temp --days 7
            3. Call the owner of the disk.
            """));
  }

  @Test
  void aTextWithoutAnythingThatCanBeDoneHereIsNoRemedy() {
    assertEquals(List.of(), read("1. Call ann.\n2. Call bob.\n"));
  }

  @Test
  void aListThatIsTooLongIsNoRemedy() {
    assertEquals(List.of(), read("- clean-temp --days 7\n" + "- look\n".repeat(12)));
  }
}
