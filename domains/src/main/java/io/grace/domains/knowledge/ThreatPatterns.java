package io.grace.domains.knowledge;

import io.grace.core.memory.Memory;
import io.grace.domains.knowledge.reading.Text;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the threat patterns of a document: Sigma rules in fenced blocks of YAML. Whether they can
/// be used is for those to judge who hunt by them.
final class ThreatPatterns {
  /// A report that tells of more is a collection of rules, and belongs among the rules.
  static final int MOST = 20;

  private static final Set<String> LANGUAGES = Set.of("", "yaml", "yml", "sigma");

  /// What every rule has, at the beginning of a line: further in it would be part of something
  /// else.
  private static final List<Pattern> PARTS =
      List.of(
          Pattern.compile("(?m)^title *:"),
          Pattern.compile("(?m)^logsource *:"),
          Pattern.compile("(?m)^detection *:"));

  private ThreatPatterns() {}

  /// In order, as they stand there; one that is too long to be remembered is left out.
  static List<String> of(Text text) {
    return text.blocks().stream()
        .filter(block -> LANGUAGES.contains(block.language()))
        .map(Text.Block::text)
        .filter(block -> block.length() <= Memory.LONGEST_CONTENT)
        .filter(block -> PARTS.stream().allMatch(part -> part.matcher(block).find()))
        .distinct()
        .limit(MOST)
        .toList();
  }
}
