/// Lays out plain text for a terminal of limited width; knows nothing of GRACE.
@NullMarked
package io.grace.cli.text;

import org.jspecify.annotations.NullMarked;
