/// The demonstration: real services, real faults, and GRACE as a process of its own that heals
/// them.
@NullMarked
package io.grace.lab.demo;

import org.jspecify.annotations.NullMarked;
