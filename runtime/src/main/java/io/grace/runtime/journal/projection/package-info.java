/// Tables for questions about runs and incidents, written with the entries that they are made of.
@NullMarked
package io.grace.runtime.journal.projection;

import org.jspecify.annotations.NullMarked;
