package io.grace.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionSpecTest {
  private static final ServiceId ORDERS = new ServiceId("orders");
  private static final ActionSpec SCALE =
      new ActionSpec(
          "scale",
          "lab",
          Map.of("delta", new Bound.WholeRange(-3, 3)),
          Impact.LOW,
          true,
          Set.of(ORDERS));

  @Test
  void exactParametersWithinBoundsAreAdmitted() {
    assertTrue(SCALE.admits(scale(Map.of("delta", new Argument.Whole(3)))));
  }

  @Test
  void booleanIsNoWholeNumber() {
    assertEquals(
        List.of("scale.delta must be a whole number from -3 to 3: true"),
        SCALE.objections(scale(Map.of("delta", new Argument.Flag(true)))));
  }

  @Test
  void wholeNumberIsNoBoolean() {
    assertFalse(new Bound.TrueOrFalse().admits(new Argument.Whole(1)));
  }

  @Test
  void textThatLooksLikeANumberIsNone() {
    assertFalse(new Bound.WholeRange(0, 9).admits(new Argument.Text("1")));
    assertFalse(new Bound.DecimalRange(0, 9).admits(new Argument.Whole(1)));
  }

  @Test
  void missingParameterIsNamed() {
    assertEquals(List.of("scale lacks delta"), SCALE.objections(scale(Map.of())));
  }

  @Test
  void extraParameterIsNamed() {
    var arguments =
        Map.<String, Argument>of("delta", new Argument.Whole(1), "force", new Argument.Flag(true));

    assertEquals(List.of("scale has no parameter force"), SCALE.objections(scale(arguments)));
  }

  @Test
  void valueOutOfBoundsIsDenied() {
    assertFalse(SCALE.admits(scale(Map.of("delta", new Argument.Whole(4)))));
    assertFalse(SCALE.admits(scale(Map.of("delta", new Argument.Whole(Long.MIN_VALUE)))));
  }

  @Test
  void undeclaredTargetIsDenied() {
    var action =
        new Action("scale", new ServiceId("billing"), Map.of("delta", new Argument.Whole(1)));

    assertEquals(List.of("scale is not declared for billing"), SCALE.objections(action));
  }

  @Test
  void otherActionIsDenied() {
    var action = new Action("drop", ORDERS, Map.of("delta", new Argument.Whole(1)));

    assertEquals(List.of("action is drop, not scale"), SCALE.objections(action));
  }

  @Test
  void patternMustMatchAsAWhole() {
    var name = new Bound.Matching("[a-z]+");

    assertTrue(name.admits(new Argument.Text("orders")));
    assertFalse(name.admits(new Argument.Text("orders; rm -rf /")));
    assertFalse(name.admits(new Argument.Text("orders\n")));
  }

  @Test
  void decimalsAreFinite() {
    assertThrows(IllegalArgumentException.class, () -> new Argument.Decimal(Double.NaN));
  }

  private static Action scale(Map<String, Argument> arguments) {
    return new Action("scale", ORDERS, arguments);
  }
}
