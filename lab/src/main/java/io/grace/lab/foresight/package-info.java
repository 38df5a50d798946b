/// How good foresight is, measured on public data sets with their published definitions; knows
/// intelligence and the bench's report.
@NullMarked
package io.grace.lab.foresight;

import org.jspecify.annotations.NullMarked;
