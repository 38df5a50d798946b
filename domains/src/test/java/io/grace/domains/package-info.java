/// A whole GRACE to break domains in.
@NullMarked
package io.grace.domains;

import org.jspecify.annotations.NullMarked;
