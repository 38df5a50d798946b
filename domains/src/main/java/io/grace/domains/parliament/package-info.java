/// Parliament: which motions are open, whether its members vote, and whether the policy is
/// ratified.
@NullMarked
package io.grace.domains.parliament;

import org.jspecify.annotations.NullMarked;
