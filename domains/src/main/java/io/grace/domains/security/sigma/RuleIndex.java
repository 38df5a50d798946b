package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Where;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rules by their log source and by texts without which they cannot fire, so that an event only
/// meets the few that it may fit. *Immutable; shared by any number of [Matcher]s.*
final class RuleIndex {
  private static final int SHORTEST = 3;

  final FieldTable fields;
  final List<SigmaRule> rules;
  final Node[] conditions;
  final Atom[] atoms;

  /// Whether finding the atom's text where it has to stand is all there is to it.
  final boolean[] isPlain;

  /// Whether the atom cannot hold unless one of its texts was found.
  final boolean[] isAnnounced;

  /// By atom, the number of its field, and of the other field of a comparison.
  final int[] fieldOf;

  final int[] otherOf;
  final @Nullable LinearRegex[] regexes;

  /// By atom, how many characters a regular expression needs to find anything.
  final int[] leastOf;

  private final List<List<String>> literals;

  /// By field; none for the field that is every value.
  final @Nullable FieldIndex[] texts;

  /// By atom, where in [#announced] the rules begin that it announces, or -1.
  final int[] announcedFrom;

  /// Rules, one after the other; of the last of an atom all bits are turned.
  final int[] announced;

  /// Rules that nothing announces.
  final int[] unannounced;

  final BitSet hasKeywords = new BitSet();

  /// By rule, the fields that it asks for.
  final BitSet[] askedBy;

  private RuleIndex(List<SigmaRule> rules, FieldTable fields, AtomTable table, Node[] conditions)
      throws Unusable {
    this.rules = List.copyOf(rules);
    this.fields = fields;
    this.conditions = conditions;
    this.atoms = table.atoms().toArray(Atom[]::new);
    int count = atoms.length;
    literals = table.literals();
    isPlain = new boolean[count];
    isAnnounced = new boolean[count];
    fieldOf = new int[count];
    otherOf = new int[count];
    regexes = new LinearRegex[count];
    leastOf = new int[count];
    for (int atom = 0; atom < count; atom++) {
      isPlain[atom] = AtomTable.isPlain(atoms[atom]);
      fieldOf[atom] = fields.number(atoms[atom].field());
      otherOf[atom] =
          atoms[atom] instanceof Atom.Same same ? fields.number(same.other()) : FieldTable.NONE;
      regexes[atom] =
          atoms[atom] instanceof Atom.Regex regex
              ? LinearRegex.of(regex.pattern(), regex.flags())
              : null;
      leastOf[atom] =
          atoms[atom] instanceof Atom.Regex regex ? RegexLiterals.of(regex.pattern()).length() : 0;
    }
    announcedFrom = new int[count];
    List<List<Integer>> byAtom = new ArrayList<>();
    unannounced = announce(table, byAtom);
    announced = announced(byAtom);
    for (int atom = 0; atom < count; atom++) {
      isAnnounced[atom] = isAnnounced(atom);
      isPlain[atom] &= isAnnounced[atom];
    }
    texts = texts();
    askedBy = new BitSet[conditions.length];
    for (int rule = 0; rule < conditions.length; rule++) {
      askedBy[rule] = new BitSet();
      fields(conditions[rule], askedBy[rule]);
      BitSet keywords = new BitSet();
      keywords(conditions[rule], keywords);
      hasKeywords.set(rule, !keywords.isEmpty());
    }
  }

  /// Texts of one or two characters are in nearly every value: unless a rule needs them to be
  /// announced, it is cheaper to look for them when a rule asks.
  private boolean isAnnounced(int atom) {
    boolean isAnywhere = !(atoms[atom] instanceof Atom.Literal l) || l.where() == Where.ANYWHERE;
    boolean isCommon =
        isAnywhere && literals.get(atom).stream().anyMatch(text -> text.length() < SHORTEST);
    return !literals.get(atom).isEmpty() && (announcedFrom[atom] >= 0 || !isCommon);
  }

  /// @param shown fields that others than the rules ask for
  static RuleIndex of(List<SigmaRule> rules, Set<String> shown) throws Unusable {
    var table = new AtomTable();
    Node[] conditions = new Node[rules.size()];
    for (int rule = 0; rule < conditions.length; rule++) {
      conditions[rule] = table.node(rules.get(rule).condition());
    }
    var fields = new FieldTable();
    shown.forEach(fields::number);
    rules.forEach(rule -> rule.shown().forEach(fields::number));
    return new RuleIndex(rules, fields, table, conditions);
  }

  private @Nullable FieldIndex[] texts() {
    Map<Integer, FieldIndex.Builder> builders = new LinkedHashMap<>();
    for (int atom = 0; atom < atoms.length; atom++) {
      if (fieldOf[atom] != FieldTable.ALL && isAnnounced[atom]) {
        add(atom, builders.computeIfAbsent(fieldOf[atom], _ -> new FieldIndex.Builder()));
      }
    }
    @Nullable FieldIndex[] built = new FieldIndex[fields.size()];
    builders.forEach((field, builder) -> built[field] = builder.build());
    return built;
  }

  private void add(int atom, FieldIndex.Builder builder) {
    Where where = atoms[atom] instanceof Atom.Literal l ? l.where() : Where.ANYWHERE;
    literals.get(atom).forEach(text -> builder.add(text, atom, where));
  }

  /// The keywords of some rules, to be looked for in every value of an event.
  ///
  /// @return null if they have none
  @Nullable FieldIndex keywords(BitSet of) {
    BitSet wanted = new BitSet();
    of.stream().forEach(rule -> keywords(conditions[rule], wanted));
    var builder = new FieldIndex.Builder();
    wanted.stream().filter(atom -> isAnnounced[atom]).forEach(atom -> add(atom, builder));
    return wanted.isEmpty() ? null : builder.build();
  }

  private void fields(Node node, BitSet into) {
    for (int atom : node.atoms()) {
      into.set(fieldOf[atom]);
    }
    for (Node one : node.of()) {
      fields(one, into);
    }
  }

  private void keywords(Node node, BitSet into) {
    for (int atom : node.atoms()) {
      if (fieldOf[atom] == FieldTable.ALL) {
        into.set(atom);
      }
    }
    for (Node one : node.of()) {
      keywords(one, into);
    }
  }

  /// @param byAtom filled with the rules that each announces
  private int[] announce(AtomTable table, List<List<Integer>> byAtom) {
    for (int atom = 0; atom < atoms.length; atom++) {
      byAtom.add(new ArrayList<>());
    }
    List<Integer> without = new ArrayList<>();
    for (int rule = 0; rule < conditions.length; rule++) {
      Set<Integer> triggers = table.triggers(rules.get(rule).condition());
      if (triggers == null) {
        without.add(rule);
      } else {
        for (int atom : triggers) {
          byAtom.get(atom).add(rule);
        }
      }
    }
    return numbers(without);
  }

  private int[] announced(List<List<Integer>> byAtom) {
    List<Integer> all = new ArrayList<>();
    for (int atom = 0; atom < atoms.length; atom++) {
      List<Integer> rules = byAtom.get(atom);
      announcedFrom[atom] = rules.isEmpty() ? -1 : all.size();
      for (int i = 0; i < rules.size(); i++) {
        all.add(i + 1 < rules.size() ? rules.get(i) : ~rules.get(i));
      }
    }
    return numbers(all);
  }

  static int[] numbers(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
