package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.LogSourceMap.Channel;
import io.grace.domains.security.sigma.LogSourceMap.Refinement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds which rules are about an event at all, and remembers it for events of the same kind.
/// *Owned by the matching thread.*
final class Origins {
  /// Kinds of events are few; a source that makes up new ones is not remembered.
  private static final int MOST_KINDS = 4_096;

  private static final int MOST_KEYWORDS = 256;

  private static final int[] NOTHING = {};

  private final RuleIndex index;
  private final LogSourceMap map;
  private final int channelField;
  private final String[] channels;

  /// Numbers of channels by the length of their names.
  private final int[][] channelsByLength;

  private final List<Place> places = new ArrayList<>();
  private final Map<BitSet, FieldIndex> keywords = new HashMap<>();
  private final Map<BitSet, @Nullable FieldIndex[]> asked = new HashMap<>();
  private int kinds;

  Origins(RuleIndex index, LogSourceMap map) {
    this.index = index;
    this.map = map;
    this.channelField = index.fields.known(LogSourceMap.CHANNEL);
    this.channels = map.channels().stream().map(Channel::name).toArray(String[]::new);
    int longest = map.channels().stream().mapToInt(one -> one.name().length()).max().orElse(0);
    this.channelsByLength =
        IntStream.rangeClosed(0, longest)
            .mapToObj(length ->
                IntStream.range(0, channels.length)
                    .filter(i -> channels[i].length() == length)
                    .toArray())
            .toArray(int[][]::new);
  }

  /// Fields that are needed to tell.
  static List<String> fields(LogSourceMap map) {
    List<String> fields = new ArrayList<>(List.of(LogSourceMap.CHANNEL));
    for (Refinement refinement : map.refinements()) {
      fields.addAll(refinement.conditions().keySet());
      fields.addAll(refinement.fields().keySet());
      fields.addAll(refinement.fields().values());
    }
    return fields;
  }

  /// A declared source and a channel.
  private record Place(LogSource source, int channel, List<Test> tests, List<Kind> kinds) {}

  /// A refinement that applies at a place.
  private record Test(Refinement refinement, int[] fields, String[][] values) {
    boolean holds(Event event) {
      for (int i = 0; i < fields.length; i++) {
        boolean any = false;
        for (String value : values[i]) {
          any |= event.is(fields[i], value);
        }
        if (!any) {
          return false;
        }
      }
      return true;
    }
  }

  /// Events for which the same refinements hold.
  ///
  /// @param isOn by rule, whether it is about such events
  /// @param always rules that are to be judged without being announced
  /// @param texts by field, what these rules look for in it and others besides; null if nothing
  /// @param keywords what rules look for in every value; null if nothing
  /// @param aliases pairs: a field of the event, and the field that rules know it by
  record Kind(
      long holding,
      boolean[] isOn,
      int[] always,
      @Nullable FieldIndex[] texts,
      @Nullable FieldIndex keywords,
      int[] aliases) {}

  Kind of(Event event) {
    Place place = place(event.source(), channel(event));
    long holding = 0;
    for (int i = 0; i < place.tests.size(); i++) {
      if (place.tests.get(i).holds(event)) {
        holding |= 1L << i;
      }
    }
    for (Kind kind : place.kinds) {
      if (kind.holding == holding) {
        return kind;
      }
    }
    Kind kind = kind(place, holding);
    if (kinds < MOST_KINDS) {
      kinds++;
      place.kinds.add(kind);
    }
    return kind;
  }

  /// @return -1 if it has none that is known
  private int channel(Event event) {
    if (channelField >= 0) {
      for (int slot = event.latest(channelField); slot >= 0; slot = event.earlier(slot)) {
        if (!event.isNull(slot)) {
          for (int channel : byLength(event.end(slot) - event.start(slot))) {
            if (event.is(channelField, channels[channel])) {
              return channel;
            }
          }
        }
      }
    }
    return -1;
  }

  private int[] byLength(int length) {
    return length < channelsByLength.length ? channelsByLength[length] : NOTHING;
  }

  private Place place(LogSource source, int channel) {
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (place.channel == channel && place.source.equals(source)) {
        return place;
      }
    }
    List<LogSource> known = new ArrayList<>(List.of(source));
    if (channel >= 0) {
      known.add(map.channels().get(channel).source());
    }
    List<Test> tests =
        map.refinements().stream()
            .filter(refinement -> known.stream().anyMatch(refinement.of()::covers))
            .limit(LogSourceMap.MOST_REFINEMENTS)
            .map(this::test)
            .toList();
    Place place = new Place(source, channel, tests, new ArrayList<>());
    if (places.size() < MOST_KINDS) {
      places.add(place);
    }
    return place;
  }

  private Test test(Refinement refinement) {
    List<String> names = List.copyOf(refinement.conditions().keySet());
    return new Test(
        refinement,
        names.stream().mapToInt(index.fields::known).toArray(),
        names.stream()
            .map(name -> refinement.conditions().getOrDefault(name, List.of()))
            .map(values -> values.toArray(String[]::new))
            .toArray(String[][]::new));
  }

  private Kind kind(Place place, long holding) {
    List<LogSource> known = new ArrayList<>(List.of(place.source));
    if (place.channel >= 0) {
      known.add(map.channels().get(place.channel).source());
    }
    List<Integer> aliases = new ArrayList<>();
    for (int i = 0; i < place.tests.size(); i++) {
      if ((holding & 1L << i) != 0) {
        Refinement refinement = place.tests.get(i).refinement;
        known.add(refinement.source());
        refinement
            .fields()
            .forEach((rule, event) -> {
              aliases.add(index.fields.known(event));
              aliases.add(index.fields.known(rule));
            });
      }
    }
    boolean[] isOn = new boolean[index.rules.size()];
    BitSet withKeywords = new BitSet();
    List<Integer> always = new ArrayList<>();
    for (int rule = 0; rule < isOn.length; rule++) {
      LogSource wanted = index.rules.get(rule).source();
      isOn[rule] = known.stream().anyMatch(wanted::covers);
      withKeywords.set(rule, isOn[rule] && index.hasKeywords.get(rule));
    }
    for (int rule : index.unannounced) {
      if (isOn[rule]) {
        always.add(rule);
      }
    }
    // Few sets of rules have keywords, and most kinds of events share one of them.
    FieldIndex texts = keywords.get(withKeywords);
    if (texts == null && !withKeywords.isEmpty()) {
      texts = index.keywords(withKeywords);
      if (texts != null && keywords.size() < MOST_KEYWORDS) {
        keywords.put(withKeywords, texts);
      }
    }
    return new Kind(
        holding, isOn, RuleIndex.numbers(always), asked(isOn), texts, RuleIndex.numbers(aliases));
  }

  /// Without the fields that none of these rules asks for. Most kinds of events share a few sets.
  private @Nullable FieldIndex[] asked(boolean[] isOn) {
    BitSet fields = new BitSet();
    for (int rule = 0; rule < isOn.length; rule++) {
      if (isOn[rule]) {
        fields.or(index.askedBy[rule]);
      }
    }
    @Nullable FieldIndex[] texts = asked.get(fields);
    if (texts == null) {
      texts = new FieldIndex[index.texts.length];
      for (int field = fields.nextSetBit(0); field >= 0; field = fields.nextSetBit(field + 1)) {
        texts[field] = index.texts[field];
      }
      if (asked.size() < MOST_KEYWORDS) {
        asked.put(fields, texts);
      }
    }
    return texts;
  }
}
