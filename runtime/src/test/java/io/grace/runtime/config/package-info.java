/// Tests of the configuration.
@NullMarked
package io.grace.runtime.config;

import org.jspecify.annotations.NullMarked;
