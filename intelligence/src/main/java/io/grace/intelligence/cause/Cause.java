package io.grace.intelligence.cause;

/// A service that may have caused the incident, and why it is thought so.
///
/// @param service index into the services of the scene
/// @param track index of the metric that tells it, -1 if only a change speaks for it
/// @param probability that it is the cause, in [0, 1]; when two are, they share it
/// @param deviation how far that metric moved; all zero if only a change speaks for it
/// @param left how many standard deviations of it are explained by nothing else
/// @param share of what is wrong with the sick services that comes from it, in [0, 1]
/// @param secondsSinceChange how long before it deviated it was changed; NaN if it was not
/// @param why one sentence
public record Cause(
    int service,
    int track,
    double probability,
    Deviation deviation,
    double left,
    double share,
    double secondsSinceChange,
    String why) {}
