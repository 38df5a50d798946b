/// A Sigma engine: rules, log sources and correlations of specification 2.1 over flat events. Knows
/// only texts, numbers and times, and nothing else of GRACE.
@NullMarked
package io.grace.domains.security.sigma;

import org.jspecify.annotations.NullMarked;
