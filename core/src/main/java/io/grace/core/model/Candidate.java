package io.grace.core.model;

import java.util.Optional;

/// A playbook that was considered, with its score and, if it was not chosen, why. *Immutable.*
///
/// @param score expected chance of success, in [0, 1]
/// @param propensity the probability with which it was chosen, in [0, 1]; deterministic choice is 1
///   or 0
/// @param passedOver empty for the chosen one
public record Candidate(
    PlaybookId playbook,
    double score,
    double propensity,
    String reason,
    Optional<String> passedOver) {}
