/// The benchmarks: each promised number is measured, printed and held against its limit.
@NullMarked
package io.grace.lab.bench;

import org.jspecify.annotations.NullMarked;
