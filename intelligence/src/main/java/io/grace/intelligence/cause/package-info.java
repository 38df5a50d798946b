/// Ranks what may have caused an incident, from metrics, calls and changes; knows numbers and
/// indices, and nothing of what the services are.
@NullMarked
package io.grace.intelligence.cause;

import org.jspecify.annotations.NullMarked;
