/// What is asked of intelligence, and what the loop is told.
@NullMarked
package io.grace.runtime.judgement;

import org.jspecify.annotations.NullMarked;
