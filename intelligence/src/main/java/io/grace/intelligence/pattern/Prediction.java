package io.grace.intelligence.pattern;

/// What a rule says will happen soon. *Immutable.*
///
/// @param rule by which
/// @param place where
/// @param causeSecond when its cause came
/// @param bySecond until when the effect is expected
/// @param precision how likely it still comes by then, in (0, 1): less, the longer it did not
public record Prediction(
    Rule rule, int place, double causeSecond, double bySecond, double precision) {}
