package io.grace.core.model;

/// Names of people who act, as the journal has them.
///
/// Somebody has one name for each way in: `alice` by a token, `oidc:alice` through an identity
/// provider. Names never collide, as no token's name has a colon; but where two people are wanted,
/// both count as one. That can only make GRACE ask for more.
public final class Person {
  /// What the names of those begin with whom an identity provider vouches for.
  public static final String BY_PROVIDER = "oidc:";

  private Person() {}

  /// Whether two names may be those of one person.
  public static boolean isSame(String one, String other) {
    return one.startsWith(BY_PROVIDER) == other.startsWith(BY_PROVIDER)
        ? one.equals(other)
        : bare(one).equalsIgnoreCase(bare(other));
  }

  private static String bare(String name) {
    return name.startsWith(BY_PROVIDER) ? name.substring(BY_PROVIDER.length()) : name;
  }
}
