/// Measures the security domain on public rules and events. Knows its Sigma engine.
@NullMarked
package io.grace.lab.security;

import org.jspecify.annotations.NullMarked;
