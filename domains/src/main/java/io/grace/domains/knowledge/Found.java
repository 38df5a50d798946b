package io.grace.domains.knowledge;

import java.util.List;

/// A passage that fits, with where it comes from and why it was chosen. *Immutable.*
///
/// @param heading title of the document and headings above the passage
/// @param path of the file in its source
/// @param revision the commit that it was read from; empty for a folder
/// @param score in [0, 1], for comparison within one answer only
/// @param trust of the source, in [0, 1]
/// @param why in a sentence
/// @param alsoIn other sources that say the same in nearly the same words
public record Found(
    String heading,
    String text,
    String source,
    String path,
    String revision,
    double score,
    double trust,
    String why,
    List<String> alsoIn) {
  public Found {
    alsoIn = List.copyOf(alsoIn);
  }
}
