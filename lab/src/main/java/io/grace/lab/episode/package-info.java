/// Slow faults in a simulated world, and whether the real loop acts before they hurt; knows core,
/// runtime and the bench's report.
@NullMarked
package io.grace.lab.episode;

import org.jspecify.annotations.NullMarked;
