/// The healing itself: what is proposed, what waits, what is stuck, and whether it helps.
@NullMarked
package io.grace.domains.selfheal;

import org.jspecify.annotations.NullMarked;
