package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives equal questions one number, and says which of them announce a rule. *Owned by the thread
/// that reads the rules.*
final class AtomTable {
  private static final int CHEAP = 1;
  private static final int DEAR = 8;
  private static final int DEAREST = 64;

  /// A value has some hundred places where a text can stand; each character of it is one of some
  /// five that are likely there.
  private static final double PLACES = 100;

  private static final double LIKELY = 5;

  /// What a thousand rules ask for is in many events.
  private static final double RULES = 1_000;

  /// A text this short, and as a whole, is a code of which there are few.
  private static final int CODE = 5;

  private static final double CODE_CHANCE = 0.05;

  private final Map<Atom, Integer> numbers = new HashMap<>();
  private final List<Atom> atoms = new ArrayList<>();
  private final List<List<String>> literals = new ArrayList<>();
  private final List<Integer> uses = new ArrayList<>();

  Node node(Expr expr) {
    return switch (expr) {
      case Expr.Is is -> {
        int[] atom = {number(is.atom())};
        yield new Node(Node.Op.ALL, atom, new Node[0], cost(is.atom()));
      }
      case Expr.Not not -> {
        Node of = node(not.of());
        yield new Node(of.op().negated(), of.atoms(), of.of(), of.cost());
      }
      case Expr.All all -> joined(Node.Op.ALL, all.of());
      case Expr.Any any -> joined(Node.Op.ANY, any.of());
    };
  }

  private Node joined(Node.Op op, List<Expr> of) {
    List<Node> nodes =
        of.stream().map(this::node).sorted(Comparator.comparingInt(Node::cost)).toList();
    int cost = 0;
    List<Integer> atoms = new ArrayList<>();
    List<Node> others = new ArrayList<>();
    for (Node node : nodes) {
      cost += node.cost();
      boolean isAtom =
          node.op() == Node.Op.ALL && node.atoms().length == 1 && node.of().length == 0;
      // The cheap ones are the first anyway.
      if (isAtom && node.cost() == CHEAP) {
        atoms.add(node.atoms()[0]);
      } else {
        others.add(node);
      }
    }
    return new Node(
        op, RuleIndex.numbers(atoms), others.toArray(Node[]::new), Math.min(cost, 1 << 20));
  }

  private static int cost(Atom atom) {
    return switch (atom) {
      case Atom.Literal literal -> isPlain(literal) ? CHEAP : DEAR;
      case Atom.Regex _ -> DEAREST;
      default -> DEAR;
    };
  }

  private int number(Atom atom) {
    int number =
        numbers.computeIfAbsent(
            atom,
            wanted -> {
              atoms.add(wanted);
              literals.add(literalsOf(wanted));
              uses.add(0);
              return atoms.size() - 1;
            });
    uses.set(number, uses.get(number) + 1);
    return number;
  }

  /// Whether finding the text is all there is to it.
  static boolean isPlain(Atom atom) {
    return atom instanceof Atom.Literal literal && !literal.cased() && !literal.text().isEmpty();
  }

  /// Folded texts of which one stands in every value that fits; none if there is no such text.
  private static List<String> literalsOf(Atom atom) {
    return switch (atom) {
      case Atom.Literal literal ->
          literal.text().isEmpty() ? List.of() : List.of(Fold.fold(literal.text()));
      case Atom.Glob glob -> {
        String part = Fold.fold(Wildcards.longestPart(glob.pattern()));
        yield part.isEmpty() ? List.of() : List.of(part);
      }
      case Atom.Regex regex -> RegexLiterals.of(regex.pattern()).texts();
      default -> List.of();
    };
  }

  /// The atoms of which one is announced by a text in every event that fits. Asked for once all
  /// nodes are made, since what many rules ask for announces little.
  ///
  /// @return null if there is no such set
  @Nullable Set<Integer> triggers(Expr expr) {
    return switch (expr) {
      case Expr.Is is -> {
        int atom = Objects.requireNonNull(numbers.get(is.atom()), "its node comes first");
        yield literals.get(atom).isEmpty() ? null : Set.of(atom);
      }
      case Expr.Not not -> not.of() instanceof Expr.Not twice ? triggers(twice.of()) : null;
      case Expr.All all -> {
        Set<Integer> best = null;
        for (Expr one : all.of()) {
          Set<Integer> found = triggers(one);
          if (found != null && (best == null || chance(found) < chance(best))) {
            best = found;
          }
        }
        yield best;
      }
      case Expr.Any any -> {
        Set<Integer> union = new HashSet<>();
        for (Expr one : any.of()) {
          Set<Integer> found = triggers(one);
          if (found == null) {
            yield null;
          }
          union.addAll(found);
        }
        yield union;
      }
    };
  }

  private double chance(Set<Integer> triggers) {
    double sum = 0;
    for (int atom : triggers) {
      sum += chance(atom);
    }
    return sum;
  }

  private double chance(int atom) {
    double chance = uses.get(atom) / RULES;
    boolean isWhole = atoms.get(atom) instanceof Atom.Literal l && l.where() == Where.WHOLE;
    for (String literal : literals.get(atom)) {
      double random = Math.pow(LIKELY, -literal.length());
      boolean isCode = isWhole && literal.length() <= CODE;
      chance += isCode ? CODE_CHANCE : isWhole ? random : Math.min(1, PLACES * random);
    }
    return chance;
  }

  List<Atom> atoms() {
    return atoms;
  }

  /// By atom, folded texts of which one stands in every value that fits.
  List<List<String>> literals() {
    return literals;
  }
}
