package io.grace.intelligence.ranking;

/// A candidate in its place. *Immutable.*
///
/// @param success what is believed of its chance here
/// @param credit its chance less that of recovering without help; the expected gain of acting
/// @param harm the expected chance that it makes things worse
/// @param propensity with which it was chosen
/// @param reason in words
public record Ranked(
    String playbook,
    Belief success,
    double credit,
    double harm,
    double propensity,
    String reason) {}
