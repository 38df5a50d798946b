/// What to do first: learns from outcomes which option is worth most in which context, chooses with
/// known propensities, and says what an option has earned; numbers in, numbers out.
@NullMarked
package io.grace.intelligence.ranking;

import org.jspecify.annotations.NullMarked;
