/// Runs declared programs without a shell. Knows core, the secrets and the key log.
@NullMarked
package io.grace.runtime.exec;

import org.jspecify.annotations.NullMarked;
