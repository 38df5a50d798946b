/// The parts of GRACE that are watched and healed like any service, one package each, all in the
/// same form; what they share is here.
@NullMarked
package io.grace.domains;

import org.jspecify.annotations.NullMarked;
