/// What moves what over time, what will be and what would have been; kept true by the loop.
@NullMarked
package io.grace.domains.temporal;

import org.jspecify.annotations.NullMarked;
