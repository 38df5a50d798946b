package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Relation;
import io.grace.domains.security.sigma.Atom.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One line of a rule, `field|modifier: value`, as questions to an event.
final class FieldTest {
  /// The public collection's longest list has some 400.
  private static final int MOST_VALUES = 20_000;

  private static final Pattern MANY_TIMES = Pattern.compile(Wildcards.MANY + "{2,}");

  private final Modifiers modifiers;
  private final Placeholders placeholders;

  private FieldTest(Modifiers modifiers, Placeholders placeholders) {
    this.modifiers = modifiers;
    this.placeholders = placeholders;
  }

  /// @param key such as `CommandLine|contains|all`, or `|all` or a bare text for keywords
  /// @param value a text, number, flag or null, or a list of them
  static Expr of(String key, @Nullable Object value, Placeholders placeholders) throws Unusable {
    Modifiers modifiers = Modifiers.of(key);
    var test = new FieldTest(modifiers, placeholders);
    List<?> values = value instanceof List<?> list ? list : nullable(value);
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw new Unusable(key + " must have 1–" + MOST_VALUES + " values: " + values.size());
    }
    List<Expr> each = new ArrayList<>();
    for (Object one : values) {
      each.add(test.one(one));
    }
    Expr joined = modifiers.isAll() ? Expr.all(each) : Expr.any(each);
    return modifiers.isNegated() ? new Expr.Not(joined) : joined;
  }

  private static List<?> nullable(@Nullable Object value) {
    List<@Nullable Object> one = new ArrayList<>();
    one.add(value);
    return one;
  }

  private Expr one(@Nullable Object value) throws Unusable {
    if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw new Unusable(modifiers.key() + " must have plain values, not lists or maps within");
    }
    String field = modifiers.field();
    return switch (modifiers.kind()) {
      case TEXT -> text(value);
      case REGEX -> regex(value);
      case CIDR -> new Expr.Is(new Atom.Cidr(field, AddressRange.of(string(value))));
      case EXISTS -> exists(value);
      case FIELD ->
          new Expr.Is(new Atom.Same(field, string(value), modifiers.where(), modifiers.isCased()));
      case NUMBER ->
          new Expr.Is(
              new Atom.Compare(field, modifiers.part(), modifiers.relation(), number(value)));
    };
  }

  private Expr exists(@Nullable Object value) throws Unusable {
    if (!(value instanceof Boolean wanted)) {
      throw new Unusable(modifiers.key() + " must be true or false: " + value);
    }
    Expr there = new Expr.Is(new Atom.Exists(modifiers.field()));
    return wanted ? there : new Expr.Not(there);
  }

  private double number(@Nullable Object value) throws Unusable {
    try {
      return Double.parseDouble(string(value));
    } catch (NumberFormatException _) {
      throw new Unusable(modifiers.key() + " must be a number: " + value);
    }
  }

  private String string(@Nullable Object value) throws Unusable {
    if (value == null) {
      throw new Unusable(modifiers.key() + " must have a value");
    }
    return value.toString();
  }

  private Expr regex(@Nullable Object value) throws Unusable {
    List<Expr> each = new ArrayList<>();
    String text = string(value);
    for (String one : modifiers.expands() ? placeholders.expand(text) : List.of(text)) {
      LinearRegex.of(one, modifiers.flags());
      each.add(new Expr.Is(new Atom.Regex(modifiers.field(), one, modifiers.flags())));
    }
    return Expr.any(each);
  }

  private Expr text(@Nullable Object value) throws Unusable {
    if (value == null) {
      return new Expr.Is(new Atom.IsNull(modifiers.field()));
    }
    List<Expr> each = new ArrayList<>();
    for (String pattern : modifiers.patterns(value.toString(), placeholders)) {
      each.add(new Expr.Is(pattern(pattern)));
    }
    return Expr.any(each);
  }

  private Atom pattern(String pattern) {
    boolean cased = modifiers.isCased();
    String once = MANY_TIMES.matcher(pattern).replaceAll(String.valueOf(Wildcards.MANY));
    String folded = cased ? once : Fold.fold(once);
    int length = folded.length();
    boolean opens = length > 0 && folded.charAt(0) == Wildcards.MANY;
    boolean closes = length > 1 && folded.charAt(length - 1) == Wildcards.MANY;
    String middle = folded.substring(opens ? 1 : 0, closes ? length - 1 : length);
    String field = modifiers.field();
    if (middle.isEmpty()) {
      return opens ? new Atom.HasValue(field) : new Atom.Literal(field, "", Where.WHOLE, cased);
    }
    if (!Wildcards.isPlain(middle)) {
      return new Atom.Glob(field, folded, cased);
    }
    Where where =
        opens && closes ? Where.ANYWHERE : opens ? Where.END : closes ? Where.START : Where.WHOLE;
    return new Atom.Literal(field, middle, where, cased);
  }

  /// What a line asks.
  enum Kind {
    TEXT,
    REGEX,
    CIDR,
    EXISTS,
    FIELD,
    NUMBER
  }

  /// A relation by its modifier.
  static @Nullable Relation relation(String modifier) {
    return switch (modifier) {
      case "lt" -> Relation.LESS;
      case "lte" -> Relation.AT_MOST;
      case "gt" -> Relation.MORE;
      case "gte" -> Relation.AT_LEAST;
      default -> null;
    };
  }
}
