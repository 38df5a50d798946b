/// Who may do what: the table of routes with their roles, and the filters in front of them. Knows
/// no route's meaning.
@NullMarked
package io.grace.app.guard;

import org.jspecify.annotations.NullMarked;
