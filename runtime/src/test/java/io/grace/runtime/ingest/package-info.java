/// What sources push.
@NullMarked
package io.grace.runtime.ingest;

import org.jspecify.annotations.NullMarked;
