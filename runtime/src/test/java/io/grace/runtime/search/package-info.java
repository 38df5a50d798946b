/// What is promised of searching, and of an index whose files are damaged.
@NullMarked
package io.grace.runtime.search;

import org.jspecify.annotations.NullMarked;
