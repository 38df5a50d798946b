package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.grace.core.policy.Parliament;
import io.grace.core.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parliament as people write it, and as they get it wrong.
class ParliamentConfigTest {
  @TempDir Path dir;

  @Test
  void isReadIntoThePolicyAndItsHash() throws Exception {
    Policy policy =
        valid(
            "{members: [ann, bob, cy, dee], quorum: 3, majority: 0.6, motion_limit: 2d,"
                + " required: true}");

    assertEquals(
        new Parliament(List.of("ann", "bob", "cy", "dee"), 3, 0.6, Duration.ofDays(2), true),
        policy.parliament());
    assertNotEquals(policy.hash(), valid("{members: [ann, bob, cy, dee]}").hash());
  }

  @Test
  void quorumIsMoreThanHalfUnlessSaidOtherwise() throws Exception {
    assertEquals(3, valid("{members: [ann, bob, cy, dee]}").parliament().quorum());
    assertEquals(2, valid("{members: [ann, bob, cy]}").parliament().quorum());
  }

  @Test
  void withoutMembersThereIsNone() throws Exception {
    assertEquals(Parliament.OFF, valid("{}").parliament());
  }

  @Test
  void mistakesAreNamedWithTheirLine() throws Exception {
    said("{\n  required: true}", "2", "needs members");
    said("{\n  quorum: 2}", "2", "needs members");
    said("{members: [ann],\n  quorum: 2}", "2", "1–1");
    said("{members: [ann],\n  majority: 0.4}", "2", "0.5");
    said("{members: [ann],\n  motion_limit: 5s}", "2", "1m–90d");
    said("{\n  members: [ann, 'oidc:Ann']}", "2", "one person");
    said("{\n  member: [ann]}", "2", "member");
  }

  private Policy valid(String parliament) throws Exception {
    var loaded = load(parliament);
    return assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString()).config().policy();
  }

  private Loaded load(String parliament) throws Exception {
    Path file = dir.resolve("grace.yaml");
    Files.writeString(file, "parliament: " + parliament + "\napiVersion: grace/v1\n");
    return ConfigLoader.load(file, Map.of());
  }

  private void said(String parliament, String line, String what) throws Exception {
    var invalid = assertInstanceOf(Loaded.Invalid.class, load(parliament), parliament);
    String all = invalid.problems().toString();
    assertEquals(1, invalid.problems().size(), all);
    String problem = invalid.problems().getFirst().toString();
    assertEquals(true, problem.contains(":" + line + ":") && problem.contains(what), problem);
  }
}
