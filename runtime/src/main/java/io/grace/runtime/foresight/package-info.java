/// What the numbers foretell, in GRACE's words; knows core and intelligence.
@NullMarked
package io.grace.runtime.foresight;

import org.jspecify.annotations.NullMarked;
