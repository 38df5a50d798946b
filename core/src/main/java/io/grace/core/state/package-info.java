/// Snapshot = fold(events), and the life cycle of a run as one table. Knows events and the model.
@NullMarked
package io.grace.core.state;

import org.jspecify.annotations.NullMarked;
