package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The engine: which rules an event fits, and which correlations that completes. *Owned by one
/// thread; [#another] gives another thread its own, with the rules shared.*
public final class Sigma {
  private final RuleSet rules;
  private final RuleIndex index;
  private final LogSourceMap sources;
  private final JsonEvents json;
  private final Matcher matcher;
  private final Correlator correlator;

  private Sigma(RuleSet rules, RuleIndex index, LogSourceMap sources) {
    this.rules = rules;
    this.index = index;
    this.sources = sources;
    this.json = new JsonEvents(index.fields);
    this.matcher = new Matcher(index, sources);
    this.correlator =
        new Correlator(rules.correlations(), rules.rules().stream().map(SigmaRule::head).toList());
  }

  /// @param shown fields of events that others than the rules ask for
  public static Sigma of(RuleSet rules, LogSourceMap sources, Set<String> shown) throws Unusable {
    Set<String> fields = new HashSet<>(shown);
    fields.addAll(Origins.fields(sources));
    for (Correlation correlation : rules.correlations()) {
      fields.addAll(correlation.groupBy());
      fields.add(correlation.field());
      correlation.aliases().values().forEach(byRule -> fields.addAll(byRule.values()));
    }
    return new Sigma(rules, RuleIndex.of(rules.rules(), fields), sources);
  }

  /// The same rules for another thread; correlations begin anew.
  public Sigma another() {
    return new Sigma(rules, index, sources);
  }

  /// An event to be filled again and again.
  public Event event() {
    return new Event(index.fields);
  }

  /// Fills an event from one JSON object.
  ///
  /// @param from where such events come from, as far as it is known
  /// @throws Unusable if it is no JSON object
  public void fill(Event event, LogSource from, byte[] json, int offset, int length)
      throws Unusable {
    event.begin(from);
    this.json.fill(event, json, offset, length);
  }

  /// Finds what fires.
  ///
  /// @param atMillis when the event happened, since 1970
  /// @param told in order; rules that only serve correlations are not among them
  public void take(Event event, long atMillis, Consumer<Firing> told) {
    int count = matcher.match(event);
    for (int i = 0; i < count; i++) {
      RuleHead rule = index.rules.get(matcher.fitting(i)).head();
      if (!correlator.isSilent(rule)) {
        told.accept(new Firing(rule, Map.of()));
      }
      if (correlator.isOf(rule)) {
        correlator.take(rule, event::text, atMillis, told);
      }
    }
  }

  /// Fires the correlations that are judged at the end of their time.
  public void close(long nowMillis, Consumer<Firing> told) {
    correlator.close(nowMillis, told);
  }

  /// How many rules an event fits, and nothing else: to measure.
  public int count(Event event) {
    return matcher.match(event);
  }

  /// How many rules an event may fit by what the index knows: to measure.
  public int candidates(Event event) {
    return matcher.find(event);
  }

  /// The ids of the rules that an event fits.
  ///
  /// @param indexed false to judge every rule about such events: slow, to check the index
  public List<String> fitting(Event event, boolean indexed) {
    int count = indexed ? matcher.match(event) : matcher.matchAll(event);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(index.rules.get(matcher.fitting(i)).head().id());
    }
    return ids;
  }

  /// What the engine has to report of itself.
  ///
  /// @param atoms different questions of all rules
  /// @param states of all automata
  /// @param unannounced rules that every event of their source is judged by
  /// @param givenUp regular expressions that took too many steps and counted as not found
  /// @param dropped groups of correlations that made room for others
  public record Inside(
      int rules,
      int correlations,
      int atoms,
      int states,
      int unannounced,
      long judged,
      long givenUp,
      long dropped) {}

  public Inside inside() {
    int states = 0;
    for (FieldIndex texts : index.texts) {
      states += texts == null ? 0 : texts.states();
    }
    return new Inside(
        rules.rules().size(),
        rules.correlations().size(),
        index.atoms.length,
        states,
        index.unannounced.length,
        matcher.asked(),
        matcher.givenUp(),
        correlator.dropped());
  }
}
