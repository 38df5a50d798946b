/// Models that GRACE and others make: registered, trained, served, watched, and mended by the loop.
@NullMarked
package io.grace.domains.ml;

import org.jspecify.annotations.NullMarked;
