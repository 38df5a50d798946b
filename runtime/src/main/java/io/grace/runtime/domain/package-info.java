/// The form that every domain has: what is declared of it, and what it does while it runs.
@NullMarked
package io.grace.runtime.domain;

import org.jspecify.annotations.NullMarked;
