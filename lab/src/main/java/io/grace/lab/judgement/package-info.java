/// Measures root cause, ranking, inference and patterns on public data and simulated worlds, beside
/// the published figures.
@NullMarked
package io.grace.lab.judgement;

import org.jspecify.annotations.NullMarked;
