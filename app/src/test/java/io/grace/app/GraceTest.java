package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraceTest {
  @Test
  void unknownWordsAreRefused() {
    assertInstanceOf(Arguments.Wrong.class, Arguments.of(List.of()));
    assertInstanceOf(Arguments.Wrong.class, Arguments.of(List.of("start")));
    assertInstanceOf(Arguments.Wrong.class, Arguments.of(List.of("serve", "--port", "1")));
    assertInstanceOf(Arguments.Wrong.class, Arguments.of(List.of("serve", "--json")));
    assertInstanceOf(Arguments.Wrong.class, Arguments.of(List.of("check", "--config")));
  }

  @Test
  void knownWordsAreUnderstood() {
    assertEquals(new Arguments.Serve(Path.of("grace.yaml")), Arguments.of(List.of("serve")));
    assertEquals(
        new Arguments.Check(Path.of("x.yaml"), true),
        Arguments.of(List.of("check", "--json", "--config", "x.yaml")));
    assertInstanceOf(Arguments.Help.class, Arguments.of(List.of("serve", "--help")));
  }

  @Test
  void faultSaysWhereItIs() {
    var fault = new Wiring.Fault("grace.yaml", 3, 5, "services.orders", "must be an object");

    assertEquals("grace.yaml:3:5: services.orders: must be an object", fault.toString());
    assertTrue(new Wiring.Fault("x", 0, 0, "", "is empty").toString().startsWith("x: is"));
  }
}
