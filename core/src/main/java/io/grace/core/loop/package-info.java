/// The only place that knows the order of the stages.
@NullMarked
package io.grace.core.loop;

import org.jspecify.annotations.NullMarked;
