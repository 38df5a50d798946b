/// Performs declared HTTP calls and nothing else. Knows core, the secrets and the key log.
@NullMarked
package io.grace.runtime.http;

import org.jspecify.annotations.NullMarked;
