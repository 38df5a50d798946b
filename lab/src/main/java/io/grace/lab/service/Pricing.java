package io.grace.lab.service;

/// The price of an item, in cents, by the rules in force and by the new ones behind the flag
/// `new_pricing`.
final class Pricing {
  /// The defect that the flag ships: there are five tiers, and someone filled in one.
  private static final int[] NEW_TIERS = {990};

  private static final int TIERS = 5;

  private Pricing() {}

  static int current(int item) {
    return 500 + 25 * (item % 20);
  }

  /// @throws ArrayIndexOutOfBoundsException for four of five items, which is the point
  static int renewed(int item) {
    return NEW_TIERS[item % TIERS] + item;
  }
}
