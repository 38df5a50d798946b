package io.grace.intelligence.cause;

/// One service calls another.
///
/// @param caller index into the services of the scene
/// @param callee index into the services of the scene
public record Call(int caller, int callee) {}
