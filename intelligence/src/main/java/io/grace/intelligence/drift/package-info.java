/// Whether a distribution is still the one it was.
@NullMarked
package io.grace.intelligence.drift;

import org.jspecify.annotations.NullMarked;
