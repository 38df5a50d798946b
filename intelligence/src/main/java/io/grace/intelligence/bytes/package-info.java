/// State as bytes of a kind and a version, checked when they are read.
@NullMarked
package io.grace.intelligence.bytes;

import org.jspecify.annotations.NullMarked;
