/// What another policy would have earned, estimated from what this one did.
@NullMarked
package io.grace.intelligence.ope;

import org.jspecify.annotations.NullMarked;
