package io.grace.core.model;

/// A metric of a service beyond its threshold. *Immutable.*
///
/// @param threshold the one it passed
/// @param strength how far beyond, 0 and more; comparable between metrics
public record Symptom(MetricId metric, double value, double threshold, double strength) {}
