package io.grace.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShowTest {
  @Test
  void durationsAreTakenInTheirTwoLargestUnits() {
    assertEquals("0 ms", Show.took(0));
    assertEquals("340 ms", Show.took(340));
    assertEquals("2.5 s", Show.took(2_599));
    assertEquals("3 s", Show.took(3_000));
    assertEquals("3 min 20 s", Show.took(200_000));
    assertEquals("2 h 5 min", Show.took(7_500_000));
    assertEquals("3 d 4 h", Show.took(273_600_000));
  }

  @Test
  void numbersHaveFourDigitsAtMostAndNoIdleZeros() {
    assertEquals("0", Show.number(0));
    assertEquals("12345", Show.number(12_345));
    assertEquals("0.05", Show.number(0.05));
    assertEquals("0.3333", Show.number(1 / 3.0));
    assertEquals("1.5", Show.number(1.5));
    assertEquals("33.3 %", Show.percent(1 / 3.0));
  }
}
