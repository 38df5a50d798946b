package io.grace.domains.security.sigma;

/// The smallest question to an event: one field against one value. Equal questions of many rules
/// are asked once. *Immutable.*
///
/// A field with several values answers yes if one of them does. The field with the empty name is
/// every value of the event.
sealed interface Atom {
  /// The field that it asks.
  String field();

  /// Where in the value a text must stand.
  enum Where {
    WHOLE,
    ANYWHERE,
    START,
    END
  }

  /// @param text folded unless `cased`
  record Literal(String field, String text, Where where, boolean cased) implements Atom {}

  /// @param pattern with the wildcards of [Wildcards]; folded unless `cased`
  record Glob(String field, String pattern, boolean cased) implements Atom {}

  /// @param flags of `i`, `m` and `s`
  record Regex(String field, String pattern, String flags) implements Atom {}

  record Cidr(String field, AddressRange range) implements Atom {}

  /// @param part of a date, or `NONE` for the number itself
  record Compare(String field, DatePart part, Relation relation, double value) implements Atom {}

  /// Present, with whatever value, null too.
  record Exists(String field) implements Atom {}

  /// Present with a value that is not null.
  record HasValue(String field) implements Atom {}

  /// Absent or null.
  record IsNull(String field) implements Atom {}

  /// The value against the value of another field of the same event.
  record Same(String field, String other, Where where, boolean cased) implements Atom {}

  enum Relation {
    LESS,
    AT_MOST,
    MORE,
    AT_LEAST,
    EQUAL;

    boolean holds(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case AT_MOST -> left <= right;
        case MORE -> left > right;
        case AT_LEAST -> left >= right;
        case EQUAL -> left == right;
      };
    }
  }
}
