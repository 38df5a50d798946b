/// The connections to outside systems: who answers, who is left alone, and how old the credentials
/// are.
@NullMarked
package io.grace.domains.federation;

import org.jspecify.annotations.NullMarked;
