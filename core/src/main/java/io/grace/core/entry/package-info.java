/// The format of a journal entry: the one thing that the writer and the off-line verifier share.
@NullMarked
package io.grace.core.entry;

import org.jspecify.annotations.NullMarked;
