package io.grace.domains.transcendence;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Playbook.Call;
import io.grace.core.model.Playbook.Source;
import io.grace.core.model.ServiceId;
import io.grace.domains.transcendence.Instruction.Ask;
import io.grace.runtime.config.ExecConfig;
import io.grace.runtime.config.HttpCallConfig;
import io.grace.runtime.config.ProvidersConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a text tells to do, as far as actions that are declared here do exactly that: the
/// command line of a declared program, the HTTP call of a declared action, or an action by its
/// name. Nothing is guessed: an argument that the text does not say, or that is out of bounds,
/// makes it something for people, and so does a condition or a negation in it. *Thread-safe.*
final class InstructionReader {
  /// A longer list is a document, not a remedy.
  private static final int MOST = 12;

  private static final int LONGEST_WORDS = 300;
  private static final int MOST_TOKENS = 200;

  private static final Pattern ITEM = Pattern.compile("\\s*(?:[0-9]{1,2}[.)]|[-*•])\\s+(.+)");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern ARGUMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)[=:]\\s*(\\S+)");

  /// What is forbidden, or depends on something: what is left when that is dropped would be another
  /// remedy.
  private static final Pattern HEDGED =
      Pattern.compile(
          "(?i)\\b(not|never|no|don'?t|do ?n.t|avoid|unless|without|instead|except|if|when|while"
              + "|until|only|either|or|otherwise)\\b");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, ActionSpec> catalogue;
  private final ProvidersConfig providers;

  InstructionReader(Map<String, ActionSpec> catalogue, ProvidersConfig providers) {
    this.catalogue = catalogue;
    this.providers = providers;
  }

  /// Items of lists in their order, and command lines outside of them.
  ///
  /// @param service what is healed
  /// @return empty if there is nothing in it that this GRACE can do, or too much to be one remedy
  List<Instruction> read(String text, ServiceId service) {
    var found = new ArrayList<Instruction>();
    for (String line : text.lines().toList()) {
      Matcher item = ITEM.matcher(line);
      boolean isItem = item.matches();
      String words = isItem ? item.group(1).strip() : line.strip();
      Optional<Call> call = isHedged(words) ? Optional.empty() : call(words, service);
      if (isItem) {
        found.add(call.<Instruction>map(Instruction.Act::new).orElseGet(() -> ask(words)));
      } else if (call.isPresent()
          && !found.isEmpty()
          && found.getLast() instanceof Ask(String by)) {
        // A command below the item that introduces it.
        found.removeLast();
        found.add(isHedged(by) ? ask(by + " " + words) : new Instruction.Act(call.get()));
      } else if (call.isPresent()) {
        found.add(new Instruction.Act(call.get()));
      }
    }
    boolean isOfUse = found.stream().anyMatch(Instruction.Act.class::isInstance);
    return isOfUse && found.size() <= MOST ? List.copyOf(found) : List.of();
  }

  private static boolean isHedged(String words) {
    return HEDGED.matcher(words).find();
  }

  private static Instruction ask(String words) {
    return new Ask(words.substring(0, Math.min(words.length(), LONGEST_WORDS)));
  }

  private Optional<Call> call(String words, ServiceId service) {
    List<String> tokens = SPACE.splitAsStream(words).limit(MOST_TOKENS).toList();
    return program(tokens, service)
        .or(() -> request(words, tokens, service))
        .or(() -> named(words, tokens, service));
  }

  // ---- programs

  private Optional<Call> program(List<String> tokens, ServiceId service) {
    for (ExecConfig exec : providers.programs()) {
      String name = String.valueOf(exec.program().getFileName());
      for (int i = 0; i < tokens.size(); i++) {
        String token = bare(tokens.get(i));
        if (token.equals(exec.program().toString()) || token.equals(name)) {
          var call = arguments(exec, tokens.subList(i + 1, tokens.size()), service);
          if (call.isPresent()) {
            return call;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Call> arguments(ExecConfig exec, List<String> tokens, ServiceId service) {
    if (tokens.size() < exec.args().size()) {
      return Optional.empty();
    }
    var arguments = new HashMap<String, String>();
    Optional<ServiceId> target = Optional.empty();
    for (int i = 0; i < exec.args().size(); i++) {
      String wanted = exec.args().get(i);
      String is = bare(tokens.get(i));
      if (wanted.equals("{target}")) {
        target = exec.targets().stream().filter(t -> t.value().equals(is)).findFirst();
        if (target.isEmpty()) {
          return Optional.empty();
        }
      } else if (wanted.startsWith("{") && wanted.endsWith("}")) {
        arguments.put(wanted.substring(1, wanted.length() - 1), is);
      } else if (!wanted.equals(is)) {
        return Optional.empty();
      }
    }
    return definite(exec.action(), target, arguments, service);
  }

  // ---- HTTP

  /// `PUT /admin/shedding {"percent": 30}`, alone or as arguments of curl with any host.
  private Optional<Call> request(String words, List<String> tokens, ServiceId service) {
    for (HttpCallConfig http : providers.calls()) {
      boolean isMethod =
          tokens.stream().map(InstructionReader::bare).anyMatch(http.method()::equals);
      if (isMethod) {
        for (String token : tokens) {
          Optional<Map<String, String>> inPath = inPath(http.path(), path(bare(token)));
          if (inPath.isPresent()) {
            var arguments = new HashMap<>(inPath.get());
            inBody(words, arguments);
            var call = definite(http.action(), Optional.empty(), arguments, service);
            if (call.isPresent()) {
              return call;
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static String path(String token) {
    int scheme = token.indexOf("://");
    int slash = scheme < 0 ? 0 : token.indexOf('/', scheme + "://".length());
    return slash < 0 ? "" : token.substring(slash);
  }

  private static Optional<Map<String, String>> inPath(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] is = path.split("/", -1);
    if (wanted.length != is.length || !path.startsWith("/")) {
      return Optional.empty();
    }
    var arguments = new HashMap<String, String>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{") && wanted[i].endsWith("}") && !is[i].isEmpty()) {
        arguments.put(wanted[i].substring(1, wanted[i].length() - 1), is[i]);
      } else if (!wanted[i].equals(is[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(arguments);
  }

  private static void inBody(String words, Map<String, String> arguments) {
    int from = words.indexOf('{');
    int to = words.lastIndexOf('}');
    if (from < 0 || to < from) {
      return;
    }
    try {
      for (Map.Entry<String, JsonNode> member :
          JSON.readTree(words.substring(from, to + 1)).properties()) {
        arguments.put(member.getKey(), member.getValue().asString(""));
      }
    } catch (JacksonException _) {
      // Not a body; what it would have said is missing then.
    }
  }

  // ---- by name

  /// `scale_instances min_delta=1`, in any sentence.
  private Optional<Call> named(String words, List<String> tokens, ServiceId service) {
    for (String token : tokens) {
      ActionSpec spec = catalogue.get(bare(token));
      // A single word may be meant otherwise.
      if (spec != null && spec.name().indexOf('_') > 0) {
        var arguments = new HashMap<String, String>();
        Matcher said = ARGUMENT.matcher(words);
        while (said.find()) {
          arguments.put(said.group(1), bare(said.group(2)));
        }
        arguments.keySet().retainAll(spec.parameters().keySet());
        return definite(spec.name(), Optional.empty(), arguments, service);
      }
    }
    return Optional.empty();
  }

  // ---- all of them

  /// Without what people put around a word.
  private static String bare(String token) {
    int from = 0;
    int to = token.length();
    while (from < to && "`'\"(<[,;".indexOf(token.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && "`'\")>],;:.}".indexOf(token.charAt(to - 1)) >= 0) {
      to--;
    }
    return token.substring(from, to);
  }

  /// @param target if the text names one
  private Optional<Call> definite(
      String action, Optional<ServiceId> target, Map<String, String> texts, ServiceId service) {
    ActionSpec spec = catalogue.get(action);
    if (spec == null || !spec.parameters().keySet().equals(texts.keySet())) {
      return Optional.empty();
    }
    var arguments = new HashMap<String, Source>();
    for (Map.Entry<String, Bound> parameter : spec.parameters().entrySet()) {
      Optional<Argument> value =
          argument(parameter.getValue(), String.valueOf(texts.get(parameter.getKey())));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      arguments.put(parameter.getKey(), new Source.Literal(value.get()));
    }
    return target(spec, target, service).map(t -> new Call(action, t.of(), arguments));
  }

  /// @param of empty for the service of the incident
  private record Target(Optional<ServiceId> of) {}

  private static Optional<Target> target(
      ActionSpec spec, Optional<ServiceId> said, ServiceId service) {
    if (said.isPresent()) {
      return Optional.of(new Target(said.filter(t -> !t.equals(service))));
    }
    if (spec.targets().contains(service)) {
      return Optional.of(new Target(Optional.empty()));
    }
    return spec.targets().size() == 1
        ? Optional.of(new Target(spec.targets().stream().findFirst()))
        : Optional.empty();
  }

  private static Optional<Argument> argument(Bound bound, String text) {
    try {
      Argument value =
          switch (bound) {
            case Bound.WholeRange _ -> new Argument.Whole(Long.parseLong(text));
            case Bound.DecimalRange _ -> new Argument.Decimal(Double.parseDouble(text));
            case Bound.OneOf _, Bound.Matching _ -> new Argument.Text(text);
            case Bound.TrueOrFalse _ ->
                switch (text) {
                  case "true", "on" -> new Argument.Flag(true);
                  case "false", "off" -> new Argument.Flag(false);
                  default -> throw new IllegalArgumentException("neither true nor false");
                };
          };
      return Optional.of(value).filter(bound::admits);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
