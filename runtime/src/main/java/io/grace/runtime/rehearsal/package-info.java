/// Plays playbooks on simulated time, by the very stages that run them, with actions that do what a
/// script says. Nothing here touches the world.
@NullMarked
package io.grace.runtime.rehearsal;

import org.jspecify.annotations.NullMarked;
