package io.grace.runtime.config;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Check.Comparison;
import io.grace.core.model.Condition;
import io.grace.core.model.Condition.Is.Subject;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Term;
import io.grace.core.model.Term.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads conditions written in the Common Expression Language: parsed and type-checked by it, and
/// then made data that the core judges, so that what was not measured is neither true nor false.
///
/// Every number is a decimal here; there are no strings but those that parameters and answers can
/// be, and nothing that loops.
final class Conditions {
  /// Longer ones cannot be understood at night.
  private static final int LONGEST = 500;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(2 * LONGEST)
          .maxParseRecursionDepth(40)
          .build();

  private static final String UNFIT =
      "may use comparisons, && || ! ?:, + - * / and in, and nothing else of the language";

  private static final String PARAMETER = "param.";
  private static final String STEP = "step.";

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// A whole number that is not part of a name or of a decimal.
  private static final Pattern WHOLE = Pattern.compile("(?<![\\w.])([0-9]{1,15})(?![\\w.])");

  /// A name, and whether it is called as a function.
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\\w.])([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)?)\\s*(\\()?");

  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");

  private static final Pattern NO_OVERLOAD =
      Pattern.compile("no matching overload for '_(\\S+)_' applied to '\\((\\w+), (\\w+)\\)'");

  private static final Pattern SINGLE_EQUALS = Pattern.compile("(?<![=!<>])=(?!=)");

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "_<_", Comparison.LESS,
          "_<=_", Comparison.AT_MOST,
          "_==_", Comparison.EQUAL,
          "_>=_", Comparison.AT_LEAST,
          "_>_", Comparison.GREATER);

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "_+_", Operator.PLUS, "_-_", Operator.MINUS, "_*_", Operator.TIMES, "_/_", Operator.BY);

  /// What may be spoken of.
  ///
  /// @param steps the earlier ones, with what can come of them
  record Scope(Known known, Map<String, Bound> parameters, Map<String, Bound> steps) {}

  private final Scope scope;
  private final Cursor cursor;

  private Conditions(Cursor cursor, Scope scope) {
    this.cursor = cursor;
    this.scope = scope;
  }

  /// The condition that is written here; everything that is wrong with it is a problem.
  static Optional<Condition> read(Cursor cursor, Scope scope) {
    var text = cursor.text("");
    if (text.isBlank()) {
      return Optional.empty();
    }
    if (Checks.isCheck(cursor)) {
      return Checks.check(cursor, scope.known()).map(c -> c);
    }
    if (text.length() > LONGEST) {
      cursor.problem("a condition has at most " + LONGEST + " characters: " + text.length());
      return Optional.empty();
    }
    return new Conditions(cursor, scope).compile(text);
  }

  private Optional<Condition> compile(String text) {
    Optional<String> unknown = unknown(text);
    if (unknown.isPresent()) {
      cursor.problem(unknown.get());
      return Optional.empty();
    }
    try {
      var ast = compiler(text).compile(decimal(text)).getAst();
      if (!ast.getResultType().equals(SimpleType.BOOL)) {
        throw new Unfit("must be true or false, such as error_ratio < 0.05");
      }
      return Optional.of(condition(ast.getExpr()));
    } catch (CelValidationException e) {
      cursor.problem(
          "is no condition such as error_ratio < 0.05: "
              + (SINGLE_EQUALS.matcher(bare(text)).find()
                  ? "write == to compare, not ="
                  : said(e)));
    } catch (Unfit e) {
      cursor.problem(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
      super(message);
    }
  }

  /// The first line in our words, without the place in a text that people did not write like this.
  private static String said(CelValidationException e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String said = first.replaceFirst("^ERROR: [^ ]* ", "");
    var types = NO_OVERLOAD.matcher(said);
    if (types.find()) {
      return types.group(1)
          + " does not go with "
          + type(types.group(2))
          + " and "
          + type(types.group(3));
    }
    return said.startsWith("mismatched input '<EOF>'")
        ? "something is missing at its end"
        : said.replaceFirst(" expecting \\{.*", "").replace("(in container '')", "").strip();
  }

  private static String type(String name) {
    return switch (name) {
      case "double", "int" -> "a number";
      case "string" -> "a text";
      case "bool" -> "true or false";
      default -> name;
    };
  }

  /// A name that does not exist, or a function; said better than the compiler can.
  private Optional<String> unknown(String text) {
    var names = NAME.matcher(bare(text));
    while (names.find()) {
      String name = names.group(1);
      if (names.group(2) != null) {
        return Optional.of(UNFIT);
      }
      Optional<String> problem = unknownName(name);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<String> unknownName(String name) {
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    String rest = dot < 0 ? "" : name.substring(dot + 1);
    Known known = scope.known();
    return switch (first) {
      case "param" ->
          scope.parameters().containsKey(rest)
              ? Optional.empty()
              : Optional.of(
                  "the playbook has no parameter "
                      + Known.named(rest, scope.parameters().keySet()));
      case "step" ->
          scope.steps().containsKey(rest)
              ? Optional.empty()
              : Optional.of(
                  "no earlier step with a result is called "
                      + Known.named(rest, scope.steps().keySet()));
      case "true", "false", "in", "services", "null" -> Optional.empty();
      default -> {
        if (dot < 0) {
          yield known.metrics().contains(new MetricId(first))
              ? Optional.empty()
              : Optional.of("unknown metric " + Known.named(first, known.metrics()));
        }
        yield known.services().contains(new ServiceId(first))
            ? Optional.empty()
            : Optional.of("unknown service " + Known.named(first, known.services()));
      }
    };
  }

  /// Without its quoted parts and what selects from them.
  private static String bare(String text) {
    return QUOTED.matcher(text).replaceAll("''").replaceAll("''\\]\\s*\\.\\s*\\w+", "''\\]");
  }

  /// `error_ratio < 5` compares two decimals.
  private static String decimal(String text) {
    var out = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      char quote = text.charAt(from);
      if (quote == '\'' || quote == '"') {
        int end = from + 1;
        while (end < text.length() && text.charAt(end) != quote) {
          end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(text.length(), end + 1);
        out.append(text, from, end);
        from = end;
      } else {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\'' && text.charAt(end) != '"') {
          end++;
        }
        out.append(WHOLE.matcher(text.substring(from, end)).replaceAll("$1.0"));
        from = end;
      }
    }
    return out.toString();
  }

  // ---- names

  /// Knows the names that occur in the text and no other, so that it is quick to make.
  private CelCompiler compiler(String text) {
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS);
    var words = new TreeSet<String>();
    WORD.matcher(text).results().forEach(r -> words.add(r.group()));
    for (MetricId metric : scope.known().metrics()) {
      if (words.contains(metric.value())) {
        compiler.addVar(metric.value(), SimpleType.DOUBLE);
      }
    }
    CelType values = MapType.create(SimpleType.STRING, SimpleType.DOUBLE);
    for (ServiceId service : scope.known().services()) {
      if (words.contains(service.value()) && !scope.known().metrics().contains(metric(service))) {
        compiler.addVar(service.value(), values);
      }
    }
    compiler.addVar("services", MapType.create(SimpleType.STRING, values));
    scope.parameters().forEach((name, bound) -> declare(compiler, PARAMETER + name, bound, name));
    scope.steps().forEach((name, bound) -> declare(compiler, STEP + name, bound, name));
    return compiler.build();
  }

  private static MetricId metric(ServiceId service) {
    return new MetricId(service.value());
  }

  private static void declare(CelCompilerBuilder compiler, String full, Bound bound, String name) {
    if (WORD.matcher(name).matches()) {
      compiler.addVar(full, type(bound));
    }
  }

  private static CelType type(Bound bound) {
    return switch (bound) {
      case Bound.WholeRange _, Bound.DecimalRange _ -> SimpleType.DOUBLE;
      case Bound.OneOf _, Bound.Matching _ -> SimpleType.STRING;
      case Bound.TrueOrFalse _ -> SimpleType.BOOL;
    };
  }

  // ---- conditions

  private Condition condition(CelExpr e) throws Unfit {
    if (isFlag(e)) {
      return new Condition.Constant(e.constant().booleanValue());
    }
    return switch (e.getKind()) {
      case IDENT -> new Condition.Is(subject(e), new Argument.Flag(true));
      case CALL -> call(e.call());
      default -> throw unfit();
    };
  }

  private Condition call(CelExpr.CelCall call) throws Unfit {
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "_&&_" -> new Condition.All(parts("_&&_", call));
      case "_||_" -> new Condition.Any(parts("_||_", call));
      case "!_" -> new Condition.Not(condition(args.getFirst()));
      case "_!=_" -> new Condition.Not(equal(args.getFirst(), args.getLast()));
      case "_==_" -> equal(args.getFirst(), args.getLast());
      case "@in" -> in(args.getFirst(), args.getLast());
      case "_?_:_" -> {
        Condition when = condition(args.get(0));
        yield new Condition.Any(
            List.of(
                new Condition.All(List.of(when, condition(args.get(1)))),
                new Condition.All(List.of(new Condition.Not(when), condition(args.get(2))))));
      }
      default -> {
        Comparison comparison = COMPARISONS.get(call.function());
        if (comparison == null) {
          throw unfit();
        }
        yield new Condition.Compare(term(args.getFirst()), comparison, term(args.getLast()));
      }
    };
  }

  /// `a && b && c` is one claim with three parts.
  private List<Condition> parts(String function, CelExpr.CelCall call) throws Unfit {
    var parts = new ArrayList<Condition>();
    for (CelExpr arg : call.args()) {
      if (arg.getKind() == CelExpr.ExprKind.Kind.CALL && arg.call().function().equals(function)) {
        parts.addAll(parts(function, arg.call()));
      } else {
        parts.add(condition(arg));
      }
    }
    return parts;
  }

  private static Unfit unfit() {
    return new Unfit(UNFIT);
  }

  private Condition equal(CelExpr left, CelExpr right) throws Unfit {
    if (isText(right)) {
      return is(left, new Argument.Text(right.constant().stringValue()));
    }
    if (isText(left)) {
      return is(right, new Argument.Text(left.constant().stringValue()));
    }
    if (isFlag(right)) {
      return flag(condition(left), right.constant().booleanValue());
    }
    if (isFlag(left)) {
      return flag(condition(right), left.constant().booleanValue());
    }
    return new Condition.Compare(term(left), Comparison.EQUAL, term(right));
  }

  private static boolean isText(CelExpr e) {
    return e.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && e.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private static boolean isFlag(CelExpr e) {
    return e.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && e.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE;
  }

  private static Condition flag(Condition condition, boolean wanted) {
    return wanted ? condition : new Condition.Not(condition);
  }

  private Condition in(CelExpr subject, CelExpr list) throws Unfit {
    if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
      throw unfit();
    }
    var any = new ArrayList<Condition>();
    for (CelExpr element : list.list().elements()) {
      any.add(equal(subject, element));
    }
    return new Condition.Any(any);
  }

  private Condition is(CelExpr e, Argument value) throws Unfit {
    Subject subject = subject(e);
    Bound bound =
        switch (subject) {
          case Subject.Parameter(String name) -> scope.parameters().get(name);
          case Subject.Step(String name) -> scope.steps().get(name);
        };
    if (bound != null && !bound.admits(value)) {
      throw new Unfit(subject + " is " + bound.wanted() + ", never " + Shown.argument(value));
    }
    return new Condition.Is(subject, value);
  }

  /// The type check has joined `param.limit` to one name.
  private static Subject subject(CelExpr e) throws Unfit {
    String name = e.identOrDefault().name();
    if (name.startsWith(PARAMETER)) {
      return new Subject.Parameter(name.substring(PARAMETER.length()));
    }
    if (name.startsWith(STEP)) {
      return new Subject.Step(name.substring(STEP.length()));
    }
    throw new Unfit("only a parameter or an earlier step can be compared with this value");
  }

  // ---- numbers

  private Term term(CelExpr e) throws Unfit {
    return switch (e.getKind()) {
      case CONSTANT -> {
        if (e.constant().getKind() != CelConstant.Kind.DOUBLE_VALUE) {
          throw unfit();
        }
        yield new Term.Number(e.constant().doubleValue());
      }
      case IDENT -> named(e.ident().name());
      case SELECT -> selected(e.select());
      case CALL -> calculation(e.call());
      default -> throw unfit();
    };
  }

  private Term named(String name) throws Unfit {
    if (name.startsWith(PARAMETER)) {
      return new Term.Parameter(name.substring(PARAMETER.length()));
    }
    if (name.startsWith(STEP)) {
      return new Term.Answer(name.substring(STEP.length()));
    }
    return measured(Optional.empty(), name);
  }

  private Term selected(CelExpr.CelSelect select) throws Unfit {
    CelExpr of = select.operand();
    return of.getKind() == CelExpr.ExprKind.Kind.IDENT
        ? measured(Optional.of(of.ident().name()), select.field())
        : measured(Optional.of(service(of)), select.field());
  }

  /// `services["order-api"]`, for names that the language cannot write.
  private static String service(CelExpr of) throws Unfit {
    if (of.getKind() == CelExpr.ExprKind.Kind.CALL
        && of.call().function().equals("_[_]")
        && of.call().args().getFirst().identOrDefault().name().equals("services")
        && isText(of.call().args().getLast())) {
      return of.call().args().getLast().constant().stringValue();
    }
    throw unfit();
  }

  private Term calculation(CelExpr.CelCall call) throws Unfit {
    List<CelExpr> args = call.args();
    if (call.function().equals("-_")) {
      return new Term.Arithmetic(new Term.Number(0), Operator.MINUS, term(args.getFirst()));
    }
    Operator operator = OPERATORS.get(call.function());
    if (operator == null) {
      throw unfit();
    }
    return new Term.Arithmetic(term(args.getFirst()), operator, term(args.getLast()));
  }

  private Term measured(Optional<String> service, String metric) throws Unfit {
    Optional<ServiceId> target = service.map(ServiceId::new);
    if (target.isPresent() && !scope.known().services().contains(target.get())) {
      throw new Unfit(
          "unknown service " + Known.named(target.get().value(), scope.known().services()));
    }
    Set<MetricId> metrics = scope.known().metrics();
    if (!metrics.contains(new MetricId(metric))) {
      throw new Unfit("unknown metric " + Known.named(metric, metrics));
    }
    return new Term.Measured(target, new MetricId(metric));
  }
}
