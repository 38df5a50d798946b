/// GRACE's own process, its journal and its eyes, and how the services under care do on the whole.
@NullMarked
package io.grace.domains.core;

import org.jspecify.annotations.NullMarked;
