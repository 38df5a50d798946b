/// The seeded simulation: the real loop, gate and run table in a world that fails, on simulated
/// time. Knows core and the loop of runtime.
@NullMarked
package io.grace.lab.sim;

import org.jspecify.annotations.NullMarked;
