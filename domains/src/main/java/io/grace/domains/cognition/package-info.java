/// How the domains do together: which is sick, where it goes, what has the attention.
@NullMarked
package io.grace.domains.cognition;

import org.jspecify.annotations.NullMarked;
