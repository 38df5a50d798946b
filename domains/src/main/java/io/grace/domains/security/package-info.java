/// The hunter: finds threats in logs by rules, isolates them for a warrant, and lets go what was
/// isolated too widely. Knows core, runtime and the Sigma engine below it.
@NullMarked
package io.grace.domains.security;

import org.jspecify.annotations.NullMarked;
