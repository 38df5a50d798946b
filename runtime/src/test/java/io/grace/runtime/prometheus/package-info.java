/// Questions to stores.
@NullMarked
package io.grace.runtime.prometheus;

import org.jspecify.annotations.NullMarked;
