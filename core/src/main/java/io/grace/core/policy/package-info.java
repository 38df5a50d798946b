/// What people configured, as values: modes, limits, calendars, playbooks. Knows the model only.
@NullMarked
package io.grace.core.policy;

import org.jspecify.annotations.NullMarked;
