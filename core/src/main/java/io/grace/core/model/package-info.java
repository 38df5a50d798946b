/// Shared nouns of the field; they know nothing of events, state or stages.
@NullMarked
package io.grace.core.model;

import org.jspecify.annotations.NullMarked;
