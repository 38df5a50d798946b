/// Secrets of this machine: environment variables and files. Knows core's port only.
@NullMarked
package io.grace.runtime.secrets;

import org.jspecify.annotations.NullMarked;
