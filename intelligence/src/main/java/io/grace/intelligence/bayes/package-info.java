/// Discrete Bayesian networks: read, learned from counts, and asked exactly where memory allows;
/// knows numbers and the names that it is given.
@NullMarked
package io.grace.intelligence.bayes;

import org.jspecify.annotations.NullMarked;
