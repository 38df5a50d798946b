/// The ports: what core asks of the outside. Each has one contract test that every implementation
/// passes.
@NullMarked
package io.grace.core.spi;

import org.jspecify.annotations.NullMarked;
