package io.grace.domains.security.sigma;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Rules and correlations as read, and what was not taken and why. *Immutable.*
public final class RuleSet {
  /// Three times what the public collection has.
  static final int MOST_FILES = 20_000;

  /// Rules of others that are not the team's own collection.
  static final int MOST_OF_OTHERS = 200;

  private final List<SigmaRule> rules;
  private final List<Correlation> correlations;
  private final List<Rejection> rejections;

  /// By id of a rule, the text or file that it is from.
  private final Map<String, String> origins;

  private RuleSet(
      List<SigmaRule> rules,
      List<Correlation> correlations,
      List<Rejection> rejections,
      Map<String, String> origins) {
    this.origins = Map.copyOf(origins);
    this.rules = List.copyOf(rules);
    this.correlations = List.copyOf(correlations);
    this.rejections = List.copyOf(rejections);
  }

  /// A rule that is not used. The others are.
  public record Rejection(String file, String reason) {}

  /// Reads every `.yml` and `.yaml` below the folders, in order of their names.
  public static RuleSet read(List<Path> folders, Placeholders placeholders) throws IOException {
    return read("", "", folders, placeholders);
  }

  /// Reads a text and then the folders.
  public static RuleSet read(
      String name, String yaml, List<Path> folders, Placeholders placeholders) throws IOException {
    var reading = new Reading(placeholders);
    reading.text(name, yaml);
    for (Path folder : folders) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder)) {
        files =
            all.filter(Files::isRegularFile)
                .filter(file -> file.toString().matches(".*\\.ya?ml"))
                .sorted()
                .limit(MOST_FILES + 1L)
                .toList();
      }
      if (files.size() > MOST_FILES) {
        throw new IOException(folder + " must hold at most " + MOST_FILES + " rules");
      }
      for (Path file : files) {
        reading.file(folder.relativize(file).toString(), file);
      }
    }
    return reading.done();
  }

  /// Reads one text, which may hold several documents.
  public static RuleSet of(String name, String yaml, Placeholders placeholders) {
    var reading = new Reading(placeholders);
    reading.text(name, yaml);
    return reading.done();
  }

  /// A text by somebody else.
  ///
  /// @param name of where it is from
  public record Foreign(String name, String yaml) {}

  /// Reads rules of others. Only rules about single events are taken: a filter or a correlation
  /// could silence rules of the team. Nor is one that has the id or name of a rule that is there.
  ///
  /// @param texts of which the first counts where two have the same rule
  /// @param besides the team's rules
  public static RuleSet ofOthers(List<Foreign> texts, RuleSet besides, Placeholders placeholders) {
    var reading = new Reading(placeholders);
    reading.others = true;
    besides.heads().forEach(head -> reading.ids.addAll(List.of(head.id(), head.name())));
    texts.forEach(text -> reading.text(text.name(), text.yaml()));
    return reading.done();
  }

  private List<RuleHead> heads() {
    List<RuleHead> heads = new ArrayList<>();
    rules.forEach(rule -> heads.add(rule.head()));
    correlations.forEach(one -> heads.add(one.head()));
    return heads;
  }

  /// The text or file that a rule is from; empty if there is none with this id.
  public Optional<String> origin(String id) {
    return Optional.ofNullable(origins.get(id));
  }

  List<SigmaRule> rules() {
    return rules;
  }

  List<Correlation> correlations() {
    return correlations;
  }

  public List<Rejection> rejections() {
    return rejections;
  }

  public int size() {
    return rules.size() + correlations.size();
  }

  private static final class Reading {
    private final Placeholders placeholders;
    private final List<SigmaRule> rules = new ArrayList<>();
    private final List<Correlation> correlations = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, String> origins = new HashMap<>();

    /// Whether these are rules of others.
    private boolean others;

    Reading(Placeholders placeholders) {
      this.placeholders = placeholders;
    }

    void file(String name, Path file) throws IOException {
      byte[] bytes;
      try (var in = Files.newInputStream(file)) {
        bytes = in.readNBytes(SigmaYaml.MOST_CHARS + 1);
      }
      try {
        text(name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
      } catch (CharacterCodingException _) {
        rejections.add(new Rejection(name, "must be UTF-8 text"));
      }
    }

    void text(String name, String yaml) {
      try {
        for (Map<?, ?> document : SigmaYaml.documents(yaml)) {
          try {
            take(name, document);
          } catch (Unusable e) {
            rejections.add(new Rejection(name, String.valueOf(e.getMessage())));
          }
        }
      } catch (Unusable e) {
        rejections.add(new Rejection(name, String.valueOf(e.getMessage())));
      }
    }

    private void take(String name, Map<?, ?> document) throws Unusable {
      if (others && (!document.containsKey("detection") || isMeta(document))) {
        throw new Unusable("of others only rules about single events are taken");
      }
      if (others && rules.size() == MOST_OF_OTHERS) {
        throw new Unusable("of others at most " + MOST_OF_OTHERS + " rules are taken");
      }
      if (document.containsKey("action")) {
        throw new Unusable("must be a rule, a correlation or a filter: action is not known");
      }
      if (document.containsKey("correlation")) {
        Correlation read = new CorrelationReader(document).correlation();
        claim(read.head());
        correlations.add(read);
      } else if (document.containsKey("filter")) {
        filters.add(new RuleReader(document, placeholders).filter());
      } else {
        SigmaRule read = new RuleReader(document, placeholders).rule();
        claim(read.head());
        rules.add(read);
        origins.put(read.head().id(), name);
      }
    }

    private static boolean isMeta(Map<?, ?> document) {
      return document.containsKey("correlation") || document.containsKey("filter");
    }

    private void claim(RuleHead head) throws Unusable {
      if (!ids.add(head.id())
          || (!head.name().isEmpty() && !head.name().equals(head.id()) && !ids.add(head.name()))) {
        throw new Unusable("there is another rule with the id or name of " + head.title());
      }
    }

    RuleSet done() {
      filters.forEach(this::apply);
      // Taken away one by one: what is about a correlation that is not used is not used either.
      Map<String, Correlation> usable = new HashMap<>();
      boolean grows = true;
      while (grows) {
        grows = false;
        for (Correlation one : correlations) {
          if (!usable.containsKey(one.head().id())
              && one.rules().stream().allMatch(reference -> isThere(reference, usable))) {
            usable.put(one.head().id(), one);
            grows = true;
          }
        }
      }
      for (Correlation one : correlations) {
        if (!usable.containsKey(one.head().id())) {
          rejections.add(
              new Rejection(
                  one.head().title(),
                  "is about a rule that is not there, or about itself: " + one.rules()));
        }
      }
      return new RuleSet(
          rules,
          correlations.stream().filter(one -> usable.containsKey(one.head().id())).toList(),
          rejections,
          origins);
    }

    /// Rules may come after the filters that are about them, so that this comes last.
    private void apply(Filter filter) {
      boolean isApplied = false;
      for (int i = 0; i < rules.size(); i++) {
        if (filter.isAbout(rules.get(i))) {
          rules.set(i, filter.on(rules.get(i)));
          isApplied = true;
        }
      }
      if (!isApplied) {
        rejections.add(
            new Rejection(
                filter.title(),
                "filters no rule that is there: %s about %s"
                    .formatted(filter.rules(), filter.source())));
      }
    }

    private boolean isThere(String reference, Map<String, Correlation> usable) {
      return rules.stream().anyMatch(rule -> rule.head().isCalled(reference))
          || usable.values().stream().anyMatch(one -> one.head().isCalled(reference));
    }
  }
}
