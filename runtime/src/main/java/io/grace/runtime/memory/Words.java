package io.grace.runtime.memory;

import java.time.Instant;
import java.util.Optional;

/// What is searched for.
///
/// @param from the earliest time
/// @param until what is as late is not wanted
/// @param now what expired by then is not found
record Words(String query, Optional<Instant> from, Optional<Instant> until, Instant now) {}
