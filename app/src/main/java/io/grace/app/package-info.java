/// Shows: starts GRACE's server and joins the node with the REST API. Knows everything below.
@NullMarked
package io.grace.app;

import org.jspecify.annotations.NullMarked;
