package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Relation;
import io.grace.domains.security.sigma.Atom.Where;
import io.grace.domains.security.sigma.FieldTest.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The modifiers of one line of a rule, checked against each other. *Immutable once read.*
final class Modifiers {
  private static final Set<String> SHAPES = Set.of("contains", "startswith", "endswith");
  private static final Set<String> WIDE = Set.of("wide", "utf16", "utf16le", "utf16be");
  private static final Set<String> BASE64 = Set.of("base64", "base64offset");
  private static final Set<String> REGEX_FLAGS = Set.of("i", "m", "s");

  private final String key;
  private final String field;

  /// In the order given, without those that only say how values are joined.
  private final List<String> transforms = new ArrayList<>();

  private final EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
  private String flags = "";
  private boolean all;
  private boolean cased;
  private boolean negated;
  private DatePart part = DatePart.NONE;
  private @Nullable Relation relation;

  private Modifiers(String key, String field) {
    this.key = key;
    this.field = field;
  }

  static Modifiers of(String key) throws Unusable {
    List<String> parts = Arrays.asList(key.split("\\|", -1));
    var modifiers = new Modifiers(key, parts.getFirst());
    for (String part : parts.subList(1, parts.size())) {
      modifiers.take(part);
    }
    modifiers.check();
    return modifiers;
  }

  private void take(String modifier) throws Unusable {
    switch (modifier) {
      case "all" -> all = true;
      case "cased" -> cased = true;
      case "neq" -> negated = true;
      case "re" -> kinds.add(Kind.REGEX);
      case "cidr" -> kinds.add(Kind.CIDR);
      case "exists" -> kinds.add(Kind.EXISTS);
      case "fieldref" -> kinds.add(Kind.FIELD);
      case "lt", "lte", "gt", "gte" -> {
        kinds.add(Kind.NUMBER);
        if (relation != null) {
          throw new Unusable(key + " must compare once");
        }
        relation = FieldTest.relation(modifier);
      }
      case "minute", "hour", "day", "week", "month", "year" -> {
        kinds.add(Kind.NUMBER);
        part = DatePart.valueOf(modifier.toUpperCase(Locale.ROOT));
      }
      default -> takeTransform(modifier);
    }
  }

  private void takeTransform(String modifier) throws Unusable {
    if (REGEX_FLAGS.contains(modifier)) {
      flags += modifier;
    } else if (SHAPES.contains(modifier)
        || WIDE.contains(modifier)
        || BASE64.contains(modifier)
        || modifier.equals("windash")
        || modifier.equals("expand")) {
      transforms.add(modifier);
    } else {
      throw new Unusable(key + " has an unknown modifier: " + modifier);
    }
  }

  private void check() throws Unusable {
    if (kinds.size() > 1) {
      throw new Unusable(key + " must not combine " + kinds);
    }
    Kind kind = kind();
    Set<String> allowed =
        switch (kind) {
          case TEXT -> Set.copyOf(transforms);
          case FIELD -> SHAPES;
          case REGEX -> Set.of("expand");
          case CIDR, EXISTS, NUMBER -> Set.of();
        };
    for (String transform : transforms) {
      if (!allowed.contains(transform)) {
        throw new Unusable(key + " must not combine " + transform + " with the others");
      }
    }
    if (!flags.isEmpty() && kind != Kind.REGEX) {
      throw new Unusable(key + " has flags of a regular expression without re");
    }
    if (cased && kind != Kind.TEXT && kind != Kind.FIELD) {
      throw new Unusable(key + " must use cased with texts only");
    }
    if (field.isEmpty() && kind != Kind.TEXT && kind != Kind.REGEX) {
      throw new Unusable(key + " needs a field");
    }
    if (transforms.stream().filter(SHAPES::contains).count() > 1) {
      throw new Unusable(key + " must say once where the value stands");
    }
  }

  String key() {
    return key;
  }

  String field() {
    return field;
  }

  Kind kind() {
    return kinds.stream().findFirst().orElse(Kind.TEXT);
  }

  boolean isAll() {
    return all;
  }

  boolean isCased() {
    return cased;
  }

  boolean isNegated() {
    return negated;
  }

  boolean expands() {
    return transforms.contains("expand");
  }

  String flags() {
    return flags;
  }

  DatePart part() {
    return part;
  }

  Relation relation() {
    return relation == null ? Relation.EQUAL : relation;
  }

  Where where() {
    for (String transform : transforms) {
      switch (transform) {
        case "contains" -> {
          return Where.ANYWHERE;
        }
        case "startswith" -> {
          return Where.START;
        }
        case "endswith" -> {
          return Where.END;
        }
        default -> {}
      }
    }
    return Where.WHOLE;
  }

  /// The patterns that a value stands for, any of which may fit. Modifiers apply in the order
  /// given; keywords stand anywhere.
  List<String> patterns(String value, Placeholders placeholders) throws Unusable {
    List<String> texts = expands() ? placeholders.expand(value) : List.of(value);
    List<String> patterns = new ArrayList<>();
    for (String text : texts) {
      patterns.add(Wildcards.pattern(text));
    }
    boolean raw = false;
    for (String transform : transforms) {
      List<String> next = new ArrayList<>();
      for (String pattern : patterns) {
        next.addAll(transformed(pattern, transform, raw));
      }
      raw |= WIDE.contains(transform);
      patterns = next;
    }
    if (field.isEmpty() && where() == Where.WHOLE) {
      patterns.replaceAll(Modifiers::anywhere);
    }
    return patterns;
  }

  private List<String> transformed(String pattern, String transform, boolean raw) throws Unusable {
    boolean encodes = WIDE.contains(transform) || BASE64.contains(transform);
    if (encodes && !Wildcards.isPlain(pattern)) {
      throw new Unusable(key + " must not encode wildcards");
    }
    return switch (transform) {
      case "expand" -> List.of(pattern);
      case "contains" -> List.of(anywhere(pattern));
      case "startswith" -> List.of(pattern + Wildcards.MANY);
      case "endswith" -> List.of(Wildcards.MANY + pattern);
      case "windash" -> Encodings.dashed(pattern);
      case "base64" -> List.of(Encodings.base64(pattern, raw));
      case "base64offset" -> List.copyOf(Encodings.base64Offsets(pattern, raw));
      default -> List.of(Encodings.utf16(pattern, transform));
    };
  }

  private static String anywhere(String pattern) {
    return Wildcards.MANY + pattern + Wildcards.MANY;
  }
}
