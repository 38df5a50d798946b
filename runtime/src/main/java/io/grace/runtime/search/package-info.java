/// Searches texts by their words and by what they mean; knows nothing of what they are about.
@NullMarked
package io.grace.runtime.search;

import org.jspecify.annotations.NullMarked;
