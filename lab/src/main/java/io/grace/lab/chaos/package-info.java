/// The kill drill: GRACE as a process of its own is killed in every phase of a run, started again,
/// and its journal held against what was really done.
@NullMarked
package io.grace.lab.chaos;

import org.jspecify.annotations.NullMarked;
